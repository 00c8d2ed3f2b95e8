import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RemotePeer } from '../../src/rooms/remote-peer.js';
import type { Room } from '../../src/rooms/room.js';
import { pass, settled, useFakeClock } from '../support/clock.js';
import { FakeHub } from '../support/fake-hub.js';
import type { FakeSocket } from '../support/fake-socket.js';
import { record } from '../support/record.js';

let hub: FakeHub;
let theirs: Room;
let ours: Room;
let they: RemotePeer;
let theirSocket: FakeSocket;

beforeEach(async () => {
  useFakeClock();
  hub = new FakeHub();
  theirs = await settled(hub.client({ reconnectDelay: () => 20_000 }).joinRoom('math-101'));
  theirSocket = hub.sockets[0]!;
  ours = await settled(hub.client({ reconnectDelay: () => 100 }).joinRoom('math-101'));
  they = ours.peers.get(theirs.peerId)!;
});
afterEach(() => void vi.useRealTimers());

/** Fails sends to the peer as if the way to it were down. */
function unreachable(id: string, retry = ''): void {
  hub.answer = ({ target, argument }) => (target === 'Send' && argument.to === id ? `peer-unreachable (retry-later${retry}): Later.` : undefined);
}

const sentTo = (id: string) => hub.sent('Send').filter(({ to, seq, data }) => to === id && (seq !== undefined || data !== undefined));

test('the state of a peer is told, and that of a roster is taken over', async () => {
  const events = record(ours);
  expect(they.state).toBe('connected');

  theirSocket.drop();
  await pass();

  expect(they.state).toBe('reconnecting');
  const late = await settled(hub.client().joinRoom('math-101'));
  expect(late.peers.get(theirs.peerId)!.state).toBe('reconnecting');
  await pass(20_000);
  expect(events).toEqual([
    ['state', 'p1', 'reconnecting'],
    ['joined', 'p3', false],
    ['state', 'p1', 'connected'],
  ]);
});

test('a change of state makes a version of the roster: when one is lost, the roster is read again', async () => {
  const refreshes = () => hub.invocations.filter(({ target, socket }) => target === 'GetRoster' && socket === hub.sockets[1]).length;
  const events = record(ours);
  hub.addPeer('math-101', { id: 'b' });
  hub.addPeer('math-101', { id: 'c' });
  await pass();
  const room = hub.rooms.get('math-101')!;
  room.members.get('b')!.info.state = 'reconnecting';
  room.version++;

  hub.become('math-101', 'c', 'reconnecting');
  await pass();

  expect(refreshes()).toBe(1);
  expect(events.slice(2).sort()).toEqual([['state', 'b', 'reconnecting'], ['state', 'c', 'reconnecting']]);
  hub.become('math-101', 'c', 'connected');
  await pass();
  expect(ours.peers.get('c')!.state).toBe('connected');
  expect(refreshes()).toBe(1);
});

test('a state that only a newer hub knows is unknown', async () => {
  hub.push('PeerStateChanged', { room: 'math-101', version: ++hub.rooms.get('math-101')!.version, peerId: 'p1', state: 'dreaming' });
  await pass();

  expect(they.state).toBe('unknown');
});

test('what is sent to a peer that is reconnecting waits, and arrives at once and once when it is back', async () => {
  const heard: unknown[] = [];
  theirs.on('data', ({ data }) => heard.push(data));
  theirSocket.drop();
  await pass();
  let done = false;
  const sends = Promise.all([they.sendData(1), they.sendData(2)]).then(() => (done = true));
  await pass(19_900);
  expect(done).toBe(false);

  await pass(100);

  expect(done).toBe(true);
  await sends;
  await pass(10_000);
  expect(heard).toEqual([1, 2]);
});

test.each(['reconnecting', 'unreachable'] as const)('a signal in flight to a peer that was %s is sent again at once when the peer is connected, not after the time-out', async (state) => {
  hub.loses = () => true;
  await settled(they.sendData('lost'));
  hub.become('math-101', 'p1', state);
  await pass();
  hub.loses = () => false;
  expect(sentTo('p1')).toHaveLength(1);

  hub.become('math-101', 'p1', 'connected');
  await pass();

  expect(sentTo('p1')).toHaveLength(2);
});

test('a peer whose region is cut off is unreachable, what is sent to it waits, and arrives when it is back', async () => {
  const events = record(ours);
  const heard: unknown[] = [];
  theirs.on('data', ({ data }) => heard.push(data));
  hub.become('math-101', 'p1', 'unreachable');
  await pass();
  const send = they.sendData(1);
  await pass(4_000);
  expect([they.state, heard]).toEqual(['unreachable', []]);

  hub.become('math-101', 'p1', 'connected');
  await settled(send);

  expect(heard).toEqual([1]);
  expect(events).toEqual([
    ['state', 'p1', 'unreachable'],
    ['state', 'p1', 'connected'],
  ]);
});

test('only the unreachable peer is left alone, for a time that grows to five seconds', async () => {
  hub.addPeer('math-101', { id: 'other', acks: true });
  await pass();
  unreachable('p1');
  void they.sendData('waits');
  await pass();
  const times: number[] = [];
  for (let at = 0, tries = 1; at < 20_000; at += 50) {
    await pass(50);
    if (sentTo('p1').length > tries) times.push(at + 50);
    tries = sentTo('p1').length;
  }

  await settled(ours.peers.get('other')!.sendData('goes on'));

  expect(times).toEqual([500, 1_500, 3_500, 7_500, 12_500, 17_500]);
  expect(sentTo('other')).toHaveLength(1);
});

test('the time that the hub gives for an unreachable peer is kept, unless it is connected before', async () => {
  unreachable('p1', ', 4000 ms');
  const send = they.sendData('waits');
  await pass(3_999);
  expect(sentTo('p1')).toHaveLength(1);
  await pass(1);
  expect(sentTo('p1')).toHaveLength(2);
  hub.answer = undefined;

  hub.become('math-101', 'p1', 'reconnecting');
  hub.become('math-101', 'p1', 'connected');
  await settled(send);

  expect(sentTo('p1')).toHaveLength(3);
});

test('a send to an unreachable peer ends when that peer leaves', async () => {
  unreachable('p1');
  const send = they.sendData('waits');
  await pass(2_000);

  hub.expire('math-101', 'p1');

  await expect(settled(send)).rejects.toMatchObject({ code: 'peer-not-in-room' });
});

test('sends to a plain peer that is unreachable wait too, and go out in order', async () => {
  hub.addPeer('math-101', { id: 'plain' });
  await pass();
  unreachable('plain');
  const sends = [1, 2, 3].map((i) => ours.peers.get('plain')!.sendData(i));
  await pass(400);
  hub.answer = undefined;
  hub.invocations.length = 0;
  sends.push(ours.peers.get('plain')!.sendData(4));

  await settled(Promise.all(sends), 100);

  expect(sentTo('plain').map(({ data }) => data)).toEqual([1, 2, 3, 4]);
});

test('sends to a plain peer that is unreachable end when it leaves', async () => {
  const leave = hub.addPeer('math-101', { id: 'plain' });
  await pass();
  unreachable('plain');
  const send = ours.peers.get('plain')!.sendOffer('v=0');
  await pass(2_000);

  leave();

  await expect(settled(send)).rejects.toMatchObject({ code: 'peer-not-in-room' });
});

test('data to the room reaches those who can be reached at once, and the others when they are back', async () => {
  const other = await settled(hub.client().joinRoom('math-101'));
  const heard: unknown[] = [];
  const heardLater: unknown[] = [];
  other.on('data', ({ data }) => heard.push(data));
  theirs.on('data', ({ data }) => heardLater.push(data));
  theirSocket.drop();
  await pass();
  void they.sendData('to you').catch(() => {});
  await pass();

  await settled(ours.sendData('to all'));

  expect(heard).toEqual(['to all']);
  await pass(20_000);
  expect(heardLater).toEqual(['to you', 'to all']);
});

test('data to a room whose only other one is plain and unreachable waits for that one', async () => {
  hub.expire('math-101', 'p1');
  hub.addPeer('math-101', { id: 'plain' });
  await pass();
  hub.answer = ({ target }) => (target === 'Send' ? 'peer-unreachable (retry-later, 100 ms): Later.' : undefined);
  const send = ours.sendData('hi');
  await pass(50);
  hub.answer = undefined;

  await settled(send, 60);

  expect(hub.sent('Send').at(-1)).toEqual({ room: 'math-101', to: 'plain', data: 'hi' });
});
