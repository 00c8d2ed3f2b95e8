import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PerfectNegotiator, type PerfectNegotiatorOptions } from '../../src/negotiation/perfect-negotiator.js';
import { pass, useFakeClock } from '../support/clock.js';
import { FakePeerConnection } from '../support/fake-peer-connection.js';
import { FakeRemotePeer } from '../support/fake-remote-peer.js';

let pc: FakePeerConnection;
let peer: FakeRemotePeer;

beforeEach(() => {
  useFakeClock();
  // We are "b", impolite.
  [pc, peer] = [new FakePeerConnection(), new FakeRemotePeer('a', 'b')];
});
afterEach(() => void vi.useRealTimers());

function negotiate(options: PerfectNegotiatorOptions = {}): PerfectNegotiator {
  return new PerfectNegotiator(peer.asPeer, pc as unknown as RTCPeerConnection, { onError: (error) => expect.fail(String(error)), ...options });
}

const turn = { urls: ['turn:turn.example.com'], username: '1', credential: 'x' };
const fresh = { ...turn, username: '2' };

/** The other side answers, or offers, with this ufrag. */
function describes(type: 'offer' | 'answer', ufrag: string): void {
  peer.arrive({ description: { type, sdp: `v=0\r\na=ice-ufrag:${ufrag}\r\n` } });
}

async function connect(): Promise<void> {
  pc.need();
  await pass(100);
  describes('answer', 'u1');
  await pass(100);
  pc.iceBecome('connected');
  pc.become('connected');
  await pass(1_000);
}

test('the connection is given the servers and the policy of the room, and fresh servers when they come', () => {
  peer.room.iceServers = [turn];
  peer.room.iceTransportPolicy = 'relay';
  negotiate();
  expect(pc.configuration).toEqual({ bundlePolicy: 'max-bundle', iceServers: [turn], iceTransportPolicy: 'relay' });

  peer.room.renew([fresh]);

  expect(pc.configuration.iceServers).toEqual([fresh]);
});

test('a connection that already has them is left as it is', () => {
  peer.room.iceServers = [turn];
  pc.configuration = { iceServers: [{ ...turn, urls: 'turn:turn.example.com' }] };
  const set = vi.spyOn(pc, 'setConfiguration');
  negotiate();

  expect(set).not.toHaveBeenCalled();
});

test('a connection that was configured and has nothing to offer makes no offer, and one as soon as it has', async () => {
  peer.room.iceServers = [turn];
  negotiate();
  await pass(100);
  expect(peer.sent).toEqual([]);

  pc.need();
  await pass(100);

  expect(peer.sent.map(({ description }) => description?.type)).toContain('offer');
});

test('an offer of the other side that comes while it is found out whether there is something to offer is answered', async () => {
  peer.room.iceServers = [turn];
  negotiate();
  pc.need();
  describes('offer', 'u1');
  await pass(100);

  expect(peer.sent.map(({ description }) => description?.type)).toContain('answer');
  expect(pc.signalingState).not.toBe('have-remote-offer');
});

test('in a room without servers the connection keeps its own', () => {
  pc.configuration = { iceServers: [turn] };
  negotiate();

  expect(pc.configuration.iceServers).toEqual([turn]);
});

test('an app that configures the connection itself is left alone', () => {
  peer.room.iceServers = [turn];
  negotiate({ configure: false });
  peer.room.renew([fresh]);

  expect(pc.configuration).toEqual({ bundlePolicy: 'max-bundle' });
});

test('the first restart goes out at once; one that follows a restart in vain has fresh servers first', async () => {
  negotiate();
  await connect();
  pc.become('failed');
  expect([pc.restarts, peer.room.freshened]).toEqual([1, 0]);

  await pass(5_500);

  expect([pc.restarts, peer.room.freshened]).toEqual([2, 1]);
});

test('a restart whose credentials are too old has fresh servers first', async () => {
  negotiate();
  await connect();
  peer.room.calls.ice.isStale = true;
  let arrive = () => {};
  peer.room.fetched = new Promise((resolve) => (arrive = resolve));
  pc.become('failed');
  await pass();
  expect([pc.restarts, peer.room.freshened]).toEqual([0, 1]);

  arrive();
  await pass();

  expect(pc.restarts).toBe(1);
});

test('a connection that came back while fresh servers were fetched is not restarted', async () => {
  negotiate();
  await connect();
  pc.become('failed');
  let arrive = () => {};
  peer.room.fetched = new Promise((resolve) => (arrive = resolve));
  await pass(5_500);
  pc.become('connected');
  arrive();
  await pass();

  expect(pc.restarts).toBe(1);
});

test('a restart is an offer like any other', async () => {
  const negotiator = negotiate();
  await connect();
  peer.sent.length = 0;
  negotiator.restartIce();
  await pass();
  expect(peer.sent.map(({ description }) => description?.type)).toContain('offer');

  describes('answer', 'u2');
  await pass();

  expect(negotiator.iceRestarts).toBe(1);
});

test('a connection that came about is reported once, with its times, states and selected pair', async () => {
  pc.stats = [
    { id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
    { id: 'P', type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'R' },
    { id: 'L', type: 'local-candidate', candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls' },
    { id: 'R', type: 'remote-candidate', candidateType: 'prflx', protocol: 'udp' },
  ];
  pc.sctp = { transport: { state: 'connected' } };
  negotiate();
  await pass(50);
  pc.failAtServer('turn:turn.example.com', 701);
  pc.failAtServer('turn:turn.example.com', 701);
  await connect();
  await pass(120_000);

  expect(peer.room.reports).toEqual([
    {
      room: 'math-101', peerId: 'a', outcome: 'connected', offerMs: 50, answerMs: 150, firstCandidateMs: 50, connectedMs: 250, iceSetupMs: 200,
      restarts: 0, iceState: 'connected', dtlsState: 'connected', localCandidate: 'relay', remoteCandidate: 'prflx', protocol: 'udp',
      relayProtocol: 'tls', serverFailures: [{ url: 'turn:turn.example.com', errorCode: 701 }], last: false,
    },
  ]);
});

test('a restart that both sides agreed on is reported, whoever asked for it', async () => {
  negotiate();
  await connect();
  pc.become('disconnected');
  await pass(100);
  pc.restartIce();
  await pass();
  describes('answer', 'u2');
  await pass(100);
  pc.become('connected');
  await pass(10_000);

  expect(peer.room.reports.map(({ outcome, restarts }) => [outcome, restarts])).toEqual([['connected', 0], ['connected', 1]]);
});

test('many changes are few reports', async () => {
  negotiate();
  await connect();
  for (let n = 2; n < 42; n++) {
    pc.restartIce();
    await pass(10);
    describes('answer', `u${n}`);
    await pass(240);
  }
  await pass(60_000);

  expect(peer.room.reports.length).toBeLessThanOrEqual(4);
  expect(peer.room.reports.at(-1)?.restarts).toBe(40);
});

test.each([
  ['no-answer', () => {}],
  ['no-candidates', () => describes('answer', 'u1')],
  ['ice', () => (gather(), describes('answer', 'u1'))],
  ['dtls', () => (gather(), describes('answer', 'u1'), pc.iceBecome('connected'))],
] as const)('a connection that did not come about in 30 s has failed: %s', async (failure, happen) => {
  pc = new FakePeerConnection(undefined, 0);
  negotiate();
  pc.need();
  await pass(100);
  happen();
  await pass(60_000);

  expect(peer.room.reports).toMatchObject([{ outcome: 'failed', failure }]);
});

function gather(): void {
  const candidate = { candidate: 'candidate:1', toJSON: () => ({ candidate: 'candidate:1' }) };
  pc.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate }));
}

test('a connection that comes about after all is reported again', async () => {
  negotiate();
  pc.need();
  await pass(60_000);
  describes('answer', 'u1');
  await pass();
  pc.become('connected');
  await pass(10_000);

  expect(peer.room.reports.map(({ outcome }) => outcome)).toEqual(['failed', 'connected']);
});

test('a connection that was lost and that no restart brought back is reported as lost', async () => {
  negotiate();
  await connect();
  pc.become('failed');
  await pass(600_000);

  expect(peer.room.reports).toMatchObject([{ outcome: 'connected' }, { outcome: 'failed', failure: 'lost' }]);
});

test('a call that someone begins long after the peer was there counts from its own beginning; what takes too long to tell is left out', async () => {
  await pass(3_600_000);
  negotiate();
  await connect();
  expect(peer.room.reports).toMatchObject([{ offerMs: 0, connectedMs: 200 }]);

  [pc, peer] = [new FakePeerConnection(), new FakeRemotePeer('a', 'b')];
  negotiate();
  pc.need();
  await pass(600_001);
  describes('answer', 'u1');
  await pass(10_000);
  pc.become('connected');
  await pass(10_000);
  expect(peer.room.reports.at(-1)).toMatchObject({ outcome: 'connected', offerMs: 0 });
  expect(peer.room.reports.at(-1)).not.toHaveProperty('connectedMs');
});

test('one that is closed before it came about is abandoned, which is told at once', async () => {
  const negotiator = negotiate();
  pc.need();
  await pass(100);
  negotiator.close();
  await pass(60_000);

  expect(peer.room.reports).toMatchObject([{ outcome: 'abandoned', last: true }]);
});

test('one that has not begun is not reported at all', async () => {
  negotiate().close();
  await pass(60_000);

  expect(peer.room.reports).toEqual([]);
});

test('one that ends soon after it came about is reported when it ends', async () => {
  const negotiator = negotiate();
  pc.need();
  await pass();
  describes('answer', 'u1');
  await pass();
  pc.become('connected');
  await pass(100);
  negotiator.close();

  expect(peer.room.reports).toMatchObject([{ outcome: 'connected', last: true }]);
});

test('a hang-up by the other side, seen before its leave, is no loss; a path that was gone for long is', async () => {
  const negotiator = negotiate();
  await connect();
  pc.become('disconnected');
  await pass(2_000);
  negotiator.close();
  expect(peer.room.reports.map(({ outcome }) => outcome)).toEqual(['connected']);

  [pc, peer] = [new FakePeerConnection(), new FakeRemotePeer('a', 'b')];
  const other = negotiate();
  await connect();
  pc.become('disconnected');
  await pass(12_000);
  other.close();
  expect(peer.room.reports.at(-1)).toMatchObject({ outcome: 'failed', failure: 'lost' });
});

test('when the peer has left there is nothing to repair', async () => {
  negotiate();
  await connect();
  peer.room.call?.over();
  pc.become('failed');
  await pass(60_000);

  expect(pc.restarts).toBe(0);
});
