import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SignalingError } from '../../src/errors.js';
import type { RemotePeer } from '../../src/rooms/remote-peer.js';
import type { Room } from '../../src/rooms/room.js';
import { pass, settled, useFakeClock } from '../support/clock.js';
import { FakeHub } from '../support/fake-hub.js';

let hub: FakeHub;
let ours: Room;
let theirs: Room;
/** They, as we see them. */
let they: RemotePeer;
/** We, as they see us. */
let we: RemotePeer;

beforeEach(async () => {
  useFakeClock();
  hub = new FakeHub();
  theirs = await settled(hub.client({ reconnectDelay: () => 100 }).joinRoom('math-101', { name: 'They' }));
  ours = await settled(hub.client({ reconnectDelay: () => 100 }).joinRoom('math-101', { name: 'We' }));
  they = ours.peers.get(theirs.peerId)!;
  we = theirs.peers.get(ours.peerId)!;
});
afterEach(() => void vi.useRealTimers());

/** What the other side hears from us, in order. */
function hear(peer = we): unknown[] {
  const heard: unknown[] = [];
  peer.on('description', ({ type, sdp }) => heard.push([type, sdp]));
  peer.on('candidates', (candidates) => heard.push(candidates.map(({ candidate }) => candidate)));
  peer.on('data', (data) => heard.push(data));
  return heard;
}

test('descriptions, candidates and data arrive as they were sent', async () => {
  const heard = hear();

  await settled(
    Promise.all([
      they.sendOffer('v=0 offer'),
      they.sendCandidates([{ candidate: 'c1', sdpMid: null, usernameFragment: 'u' }]),
      they.sendAnswer('v=0 answer'),
      they.sendRollback(),
      they.sendData({ text: 'hi' }),
    ]),
  );

  expect(heard).toEqual([['offer', 'v=0 offer'], ['c1'], ['answer', 'v=0 answer'], ['rollback', undefined], { text: 'hi' }]);
  expect(hub.sent('Send')[1]).toEqual({
    room: 'math-101',
    to: theirs.peerId,
    seq: 2,
    ack: 0,
    candidates: [{ candidate: 'c1', usernameFragment: 'u' }],
  });
});

test('what arrives before a handler is attached is kept in order, across kinds', async () => {
  await settled(Promise.all([they.sendOffer('v=0'), they.sendCandidates([{ candidate: 'c1' }]), they.sendData(1)]));

  const heard = hear();
  await pass();

  expect(heard).toEqual([['offer', 'v=0'], ['c1'], 1]);
});

test('of what waits for a handler, 256 of a kind are kept, and data that nobody takes holds nothing else up', async () => {
  for (let i = 0; i < 300; i++) {
    they.sendData(i);
    await pass(60);
  }

  await settled(they.sendOffer('v=0'));
  const heard = hear();
  await pass();

  expect(heard).toEqual([...Array.from({ length: 256 }, (_, i) => i + 44), ['offer', 'v=0']]);
});

test('a room that hears data hears what came before', async () => {
  await settled(ours.sendData('early'));
  const heard: unknown[] = [];

  theirs.on('data', ({ peer, data }) => heard.push([peer.name, data]));
  await pass();

  expect(heard).toEqual([['We', 'early']]);
});

test('data to the whole room is one invocation with the number of each copy, and reaches plain peers too', async () => {
  hub.addPeer('math-101', { id: 'plain' });
  await pass();

  await settled(ours.sendData('hi'));

  expect(hub.sent('Send')).toEqual([{ room: 'math-101', data: 'hi', seqs: { [theirs.peerId]: 1 } }]);
});

test('a peer that does not acknowledge gets no numbers', async () => {
  hub.addPeer('math-101', { id: 'plain' });
  await pass();

  await settled(ours.peers.get('plain')!.sendData('hi'));

  expect(hub.sent('Send')).toEqual([{ room: 'math-101', to: 'plain', data: 'hi' }]);
});

test('candidates that gather while a send is in flight go together in the next signal, at most 64', async () => {
  const sends = Array.from({ length: 100 }, (_, i) => they.sendCandidates([{ candidate: `c${i}` }]));

  await settled(Promise.all(sends));

  expect(hub.sent('Send').map(({ candidates }) => candidates.length)).toEqual([1, 64, 35]);
});

test('candidates so long that 64 would not fit go in more signals', async () => {
  const long = 'c'.repeat(1_024);

  await settled(they.sendCandidates(Array.from({ length: 64 }, () => ({ candidate: long, sdpMid: 'm'.repeat(256) }))));

  const sizes = hub.sent('Send').map((signal) => JSON.stringify(signal).length);
  expect(sizes.length).toBeGreaterThan(1);
  expect(Math.max(...sizes)).toBeLessThan(65_536);
});

test.each([
  ['to one peer', () => they.sendData('x'.repeat(65_536))],
  ['of characters of several bytes', () => they.sendData('한'.repeat(22_000))],
  ['to the room', () => ours.sendData('x'.repeat(65_536))],
])('a signal over 64 KiB (%s) is refused before it is sent', async (_, send) => {
  await expect(settled(send())).rejects.toMatchObject({ code: 'message-too-large', action: 'give-up' });
  expect(hub.sent('Send')).toEqual([]);
});

test.each([null, undefined])('%s is no app data', async (nothing) => {
  await expect(settled(they.sendData(nothing))).rejects.toMatchObject({ code: 'invalid-signal' });
  await expect(settled(ours.sendData(nothing))).rejects.toMatchObject({ code: 'invalid-signal' });
});

test('a send that the hub limits resolves after the time that the hub asks for', async () => {
  const heard = hear();
  let limited = 1;
  hub.answer = ({ target }) => (target === 'Send' && limited-- > 0 ? 'rate-limited (retry-later, 500 ms): Slow down.' : undefined);
  let done = false;
  void they.sendData('hi').then(() => (done = true));
  await pass(499);
  expect(done).toBe(false);

  await pass(1);

  expect(done).toBe(true);
  expect(heard).toEqual(['hi']);
});

test('data to the room that the hub limits reaches everyone by and by, once', async () => {
  const heard = hear();
  let limited = 2;
  hub.answer = ({ target }) => (target === 'Send' && limited-- > 0 ? 'rate-limited (retry-later, 500 ms): Slow down.' : undefined);

  await settled(ours.sendData('hi'), 1_000);
  await pass(30_000);

  expect(heard).toEqual(['hi']);
});

test('a signal that the hub refuses for good rejects, and those behind it go on', async () => {
  const heard = hear();
  hub.answer = ({ argument }) => (argument.description?.sdp === 'nonsense' ? 'invalid-signal (give-up): No SDP.' : undefined);
  const refused = they.sendOffer('nonsense');
  const next = they.sendData('next');

  await expect(settled(refused)).rejects.toMatchObject({ code: 'invalid-signal' });
  await settled(next);

  expect(heard).toEqual(['next']);
});

test('a peer that has left takes no more', async () => {
  hub.answer = ({ target }) => (target === 'Send' ? 'silence' : undefined);
  const send = they.sendOffer('v=0');
  await pass();

  void theirs.leave();

  await expect(settled(send)).rejects.toMatchObject({ code: 'peer-not-in-room' });
  await expect(settled(they.sendData('hi'))).rejects.toMatchObject({ code: 'peer-not-in-room' });
});

test('a peer that the hub does not know is given up', async () => {
  hub.answer = ({ target }) => (target === 'Send' ? 'peer-not-in-room (give-up): It has left.' : undefined);

  await expect(settled(they.sendOffer('v=0'))).rejects.toBeInstanceOf(SignalingError);
});

test('data that was never sent goes to the peer when we come back as a new one, an offer of the former self does not', async () => {
  const heard: unknown[] = [];
  theirs.on('data', ({ data }) => heard.push(data));
  hub.sockets[1]!.drop();
  await pass();
  const offer = they.sendOffer('v=0');
  const data = they.sendData('to you');
  const toAll = ours.sendData('to all');
  hub.expire('math-101', ours.peerId);

  await expect(settled(offer, 100)).rejects.toMatchObject({ code: 'not-in-room' });
  await settled(Promise.all([data, toAll]));

  expect(heard).toEqual(['to you', 'to all']);
});

test('what is sent to a plain peer while the connection is away goes out when it is back, in order', async () => {
  hub.addPeer('math-101', { id: 'plain' });
  await pass();
  const plain = ours.peers.get('plain')!;
  hub.sockets[1]!.drop();
  await pass();

  const sends = [plain.sendOffer('v=0'), plain.sendData('hi')];
  await settled(Promise.all(sends), 100);

  expect(hub.sent('Send')).toEqual([
    { room: 'math-101', to: 'plain', description: { type: 'offer', sdp: 'v=0' } },
    { room: 'math-101', to: 'plain', data: 'hi' },
  ]);
});

test('what was on its way to a plain peer when the connection was lost is not repeated: it might arrive twice', async () => {
  hub.addPeer('math-101', { id: 'plain' });
  hub.answer = ({ target }) => (target === 'Send' ? 'silence' : undefined);
  await pass();
  const send = ours.peers.get('plain')!.sendData('hi');
  await pass();

  hub.sockets[1]!.drop();

  await expect(settled(send, 1_000)).rejects.toMatchObject({ code: 'unavailable', action: 'retry-later' });
  expect(hub.sent('Send')).toHaveLength(1);
});

test('more than 256 signals that wait for a plain peer are refused', async () => {
  hub.addPeer('math-101', { id: 'plain' });
  await pass();
  hub.sockets[1]!.drop();
  await pass();
  const sends = Array.from({ length: 257 }, (_, i) => ours.peers.get('plain')!.sendData(i));

  await expect(settled(sends[256]!)).rejects.toMatchObject({ code: 'unavailable' });
  await settled(Promise.all(sends.slice(0, 256)), 1_000);
});

test('more than 256 signals that wait for a peer are refused', async () => {
  hub.sockets[1]!.drop();
  await pass();
  const sends = Array.from({ length: 257 }, (_, i) => they.sendData(i));

  await expect(settled(sends[256]!)).rejects.toMatchObject({ code: 'unavailable' });
  await settled(Promise.all(sends.slice(0, 256)), 10_000);
});

test('over a way that loses a third, everything arrives once and in order, to one and to all', async () => {
  let random = 1;
  hub.loses = () => (random = (random * 48_271) % 2_147_483_647) % 3 === 0;
  const heard: unknown[] = [];
  theirs.on('data', ({ data }) => heard.push(data));
  const sent = Array.from({ length: 200 }, (_, i) => i);

  for (const i of sent) {
    void (i % 2 === 0 ? they.sendData(i) : ours.sendData(i));
    await pass(37);
  }
  await pass(60_000);

  expect(heard).toEqual(sent);
});

test('an acknowledgement of its own follows within 50 ms where nothing goes back', async () => {
  await settled(they.sendData('hi'));
  await pass(50);

  expect(hub.sent('Send').at(-1)).toEqual({ room: 'math-101', to: ours.peerId, ack: 1 });
});

test('app data that the app changes after the send arrives as it was', async () => {
  const heard: unknown[] = [];
  theirs.on('data', ({ data }) => heard.push(data));
  hub.sockets[1]!.drop();
  await pass();
  const data = { text: 'before' };
  const send = they.sendData(data);

  data.text = 'after';
  await settled(send, 100);

  expect(heard).toEqual([{ text: 'before' }]);
});

test('a description of a type that only a newer client knows is left alone', async () => {
  const heard = hear();

  hub.push('Signal', { room: 'math-101', from: ours.peerId, description: { type: 'pranswer', sdp: 'v=0' } }, hub.sockets[0]);
  await pass();

  expect(heard).toEqual([]);
});

test('pings tell the hub how many signals were sent again and how many duplicates dropped, once', async () => {
  let lost = 1;
  hub.loses = (signal) => signal.seq === undefined && lost-- > 0; // The acknowledgement, so that the signal comes twice.
  hear();

  await settled(they.sendData(1));
  await pass(60_000);

  const told = (what: 'retransmitted' | 'duplicates') => hub.sent('Ping').flatMap((ping) => (ping as Record<string, number>)[what] ?? []);
  expect(told('retransmitted')).toEqual([1]);
  expect(told('duplicates')).toEqual([1]);
});
