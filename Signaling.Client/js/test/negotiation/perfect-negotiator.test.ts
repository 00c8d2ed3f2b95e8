import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { SignalingError } from '../../src/errors.js';
import { PerfectNegotiator } from '../../src/negotiation/perfect-negotiator.js';
import { pass, useFakeClock } from '../support/clock.js';
import { FakePeerConnection } from '../support/fake-peer-connection.js';
import { FakeRemotePeer } from '../support/fake-remote-peer.js';

afterEach(() => void vi.useRealTimers());

interface Side {
  readonly pc: FakePeerConnection;
  readonly peer: FakeRemotePeer;
  readonly negotiator: PerfectNegotiator;
  readonly errors: unknown[];
}

function side(peer: FakeRemotePeer, pc: FakePeerConnection): Side {
  const errors: unknown[] = [];
  const negotiator = new PerfectNegotiator(peer.asPeer, pc as unknown as RTCPeerConnection, { onError: (error) => errors.push(error) });
  return { pc, peer, negotiator, errors };
}

function one(): Side {
  return side(new FakeRemotePeer('b', 'a'), new FakePeerConnection());
}

function offer(ufrag: string): RTCSessionDescriptionInit {
  return { type: 'offer', sdp: `v=0\r\na=ice-ufrag:${ufrag}\r\n` };
}

/** The types of the descriptions that were sent to a peer. */
function described(peer: FakeRemotePeer): string[] {
  return peer.sent.flatMap(({ description }) => description?.type ?? []);
}

function candidate(ufrag: string, n = 0): RTCIceCandidateInit {
  return { candidate: `candidate:${n}`, usernameFragment: ufrag };
}

test('the side whose id is smaller, by UTF-16 code units, is polite', () => {
  const polite = (ours: string, theirs: string) => side(new FakeRemotePeer(theirs, ours), new FakePeerConnection()).negotiator.polite;

  expect(polite('a', 'b')).toBe(true);
  expect(polite('b', 'a')).toBe(false);
  expect(polite('Z', 'a')).toBe(true);
  expect(polite('_', 'a')).toBe(true);
});

test('in every interleaving of two sides that offer whenever they like, both end up stable with what each wanted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.constantFrom('a' as const, 'b' as const), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 0, max: 3 }),
      async (scheduler, needs, candidates) => {
        const step = () => scheduler.schedule(Promise.resolve());
        const [ofA, ofB] = FakeRemotePeer.pair('x1', 'x2', step);
        const a = side(ofA, new FakePeerConnection(step, candidates));
        const b = side(ofB, new FakePeerConnection(step, candidates));
        const sides = { a, b };
        for (const who of needs) void step().then(() => sides[who].pc.need());

        await scheduler.waitIdle();

        for (const { pc, errors } of [a, b]) {
          expect(errors).toEqual([]);
          expect(pc.signalingState).toBe('stable');
          expect(pc.negotiated).toBe(true);
        }
        expect(b.pc.yielded).toBe(0);
        expect(a.pc.remoteDescription?.sdp).toBe(b.pc.localDescription?.sdp);
        expect(b.pc.remoteDescription?.sdp).toBe(a.pc.localDescription?.sdp);
        expectCurrentCandidates(a, b, candidates);
        expectCurrentCandidates(b, a, candidates);
      },
    ),
    { numRuns: 1_500 },
  );
}, 120_000);

/** Every candidate of the generation that counts has arrived. */
function expectCurrentCandidates(to: Side, from: Side, count: number): void {
  const ufrag = /a=ice-ufrag:(\S+)/.exec(from.pc.localDescription!.sdp)![1];
  expect(to.pc.added.filter(({ usernameFragment }) => usernameFragment === ufrag)).toHaveLength(count);
}

test('when both offer at the same instant, the impolite side wins and the polite side answers', async () => {
  useFakeClock();
  const [ofA, ofB] = FakeRemotePeer.pair('x1', 'x2');
  const polite = side(ofA, new FakePeerConnection());
  const impolite = side(ofB, new FakePeerConnection());

  polite.pc.need();
  impolite.pc.need();
  await pass();

  // What the polite side wanted follows in an offer of its own.
  expect(described(impolite.peer)).toEqual(['offer', 'answer']);
  expect(described(polite.peer)).toEqual(['offer', 'answer', 'offer']);
  expect([polite.pc.yielded, impolite.pc.yielded]).toEqual([1, 0]);
  expect([polite.pc.signalingState, impolite.pc.signalingState]).toEqual(['stable', 'stable']);
});

test('candidates that come before their description are held for it', async () => {
  useFakeClock();
  const { pc, peer } = one();
  peer.arrive({ candidates: [candidate('u1', 1), candidate('u1', 2)] });
  await pass();
  expect(pc.added).toEqual([]);

  peer.arrive({ description: offer('u1') });
  await pass();

  expect(pc.added).toEqual([candidate('u1', 1), candidate('u1', 2)]);
});

test('candidates of a description that was replaced are dropped', async () => {
  useFakeClock();
  const { pc, peer, errors } = one();
  peer.arrive({ description: offer('u1') });
  peer.arrive({ description: offer('u2') });

  peer.arrive({ candidates: [candidate('u1'), candidate('u2')] });
  await pass();

  expect(pc.added).toEqual([candidate('u2')]);
  expect(errors).toEqual([]);
});

test('candidates of a past description do not take the place of those that come early', async () => {
  useFakeClock();
  const { pc, peer } = one();
  peer.arrive({ description: offer('u1') });
  peer.arrive({ description: offer('u2') });
  peer.arrive({ candidates: [candidate('u3')] });

  peer.arrive({ candidates: Array.from({ length: 300 }, (_, i) => candidate('u1', i)) });
  peer.arrive({ description: offer('u3') });
  await pass();

  expect(pc.added).toEqual([candidate('u3')]);
});

test('a candidate that tells its ufrag only in its line is judged by that', async () => {
  useFakeClock();
  const { pc, peer } = one();
  peer.arrive({ description: offer('u1') });
  peer.arrive({ description: offer('u2') });

  peer.arrive({ candidates: [{ candidate: 'candidate:1 1 udp 1 ::1 9 typ host ufrag u1' }, { candidate: 'candidate:2 1 udp 1 ::1 9 typ host ufrag u2' }] });
  await pass();

  expect(pc.added.map((added) => added.candidate?.split(' ')[0])).toEqual(['candidate:2']);
});

test('at most 256 candidates are held, the newest', async () => {
  useFakeClock();
  const { pc, peer } = one();
  peer.arrive({ candidates: Array.from({ length: 300 }, (_, i) => candidate('u1', i)) });

  peer.arrive({ description: offer('u1') });
  await pass();

  expect(pc.added).toHaveLength(256);
  expect(pc.added.at(-1)).toEqual(candidate('u1', 299));
});

test('an answer to an offer that is no longer there is ignored', async () => {
  useFakeClock();
  const { pc, peer, errors } = one();

  peer.arrive({ description: { type: 'answer', sdp: 'v=0\r\na=ice-ufrag:u1\r\n' } });
  await pass();

  expect(errors).toEqual([]);
  expect(pc.signalingState).toBe('stable');
});

test('an offer that was taken back leaves the way free', async () => {
  useFakeClock();
  const { pc, peer, errors } = one();
  peer.arrive({ description: { type: 'rollback' } });
  pc.need();
  await pass();

  expect(errors).toEqual([]);
  expect(described(peer)).toEqual(['offer']);
});

test('an answer that could not be made leaves even the impolite side open for the next offer', async () => {
  useFakeClock();
  const { pc, peer, errors } = side(new FakeRemotePeer('a', 'b'), new FakePeerConnection());
  pc.failsToDescribe = new Error('No codec.');
  peer.arrive({ description: offer('u1') });
  await pass();
  expect(pc.signalingState).toBe('have-remote-offer');

  peer.arrive({ description: offer('u2') });
  await pass();

  expect(errors).toEqual([new Error('No codec.')]);
  expect(described(peer)).toEqual(['answer']);
  expect(pc.signalingState).toBe('stable');
});

test('a closed negotiator does nothing any more', async () => {
  useFakeClock();
  const { pc, peer, negotiator } = one();
  pc.become('failed');
  await pass();
  const sent = peer.sent.length;

  negotiator.close();
  negotiator.restartIce();
  peer.arrive({ description: offer('u1') });
  pc.need();
  pc.become('failed');
  await pass(60_000);

  expect(peer.sent).toHaveLength(sent);
  expect(pc.restarts).toBe(0);
  expect(pc.remoteDescription).toBeNull();
});

test('a description that cannot be applied is reported, and the next one is', async () => {
  useFakeClock();
  const { pc, peer, errors } = one();
  const apply = vi.spyOn(pc, 'setRemoteDescription').mockRejectedValueOnce(new Error('No SDP.'));
  peer.arrive({ description: offer('u1') });
  await pass();
  expect(errors).toEqual([new Error('No SDP.')]);

  peer.arrive({ description: offer('u2') });
  await pass();

  expect(apply).toHaveBeenCalledTimes(2);
  expect(described(peer)).toEqual(['answer']);
});

test('a bad candidate is reported and does not keep the others out', async () => {
  useFakeClock();
  const { pc, peer, errors } = one();
  vi.spyOn(pc, 'addIceCandidate').mockRejectedValueOnce(new Error('Unparsable.'));
  peer.arrive({ description: offer('u1') });

  peer.arrive({ candidates: [candidate('u1', 1), candidate('u1', 2)] });
  await pass();

  expect(errors).toEqual([new Error('Unparsable.')]);
  expect(pc.added).toEqual([candidate('u1', 2)]);
});

test('that the peer has left is no error of the negotiation', async () => {
  useFakeClock();
  const { pc, peer, errors } = one();
  peer.fails = new SignalingError('peer-not-in-room', 'It has left.');

  pc.need();
  await pass();

  expect(errors).toEqual([]);
});
