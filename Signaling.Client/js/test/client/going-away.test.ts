import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Room } from '../../src/rooms/room.js';
import type { SignalingClient } from '../../src/signaling-client.js';
import { pass, settled, useFakeClock } from '../support/clock.js';
import { FakeHub } from '../support/fake-hub.js';
import type { FakeSocket } from '../support/fake-socket.js';
import { record } from '../support/record.js';

const spreadMs = 4_000;

let hub: FakeHub;
let client: SignalingClient;
let theirs: Room;
let one: Room;
let two: Room;
let old: FakeSocket;
let tokens: number;
let events: unknown[];
let states: unknown[];

beforeEach(async () => {
  useFakeClock();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  hub = new FakeHub();
  tokens = 0;
  theirs = await settled(hub.client().joinRoom('one'));
  client = hub.client({ reconnectDelay: () => 100, accessToken: () => `token-${++tokens}` });
  one = await settled(client.joinRoom('one'));
  two = await settled(client.joinRoom('two'));
  old = hub.sockets.at(-1)!;
  events = [record(one), record(two)];
  states = [];
  client.on('statechanged', ({ state }) => states.push(state));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const goAway = () => hub.push('GoingAway', { deadlineMs: 20_000, spreadMs }, old);

test('every room moves to a new connection before the old one closes, and the app sees no change of state', async () => {
  const theirEvents = record(theirs);
  goAway();
  await pass(spreadMs / 2 - 1);
  expect(hub.sockets).toHaveLength(2);

  await pass(1);

  expect(hub.sockets).toHaveLength(3);
  expect(hub.sockets[2]!.headers['Authorization']).toBe('Bearer token-2');
  expect(events).toEqual([[['moved', 'p2']], [['moved', 'p3']]]);
  expect(old.readyState).toBe(3);
  expect(states).toEqual([]);
  expect(client.state).toBe('connected');
  expect(theirEvents).toEqual([]);
});

test('the heartbeat moves too', async () => {
  goAway();
  await pass(2_000);
  hub.invocations.length = 0;

  await pass(40_000);

  const pings = hub.invocations.filter(({ target, socket }) => target === 'Ping' && socket !== hub.sockets[0]);
  expect(pings.length).toBeGreaterThan(0);
  expect(pings.every(({ socket }) => socket === hub.sockets[2])).toBe(true);
});

test('a connection that is lost after the move comes back as usual', async () => {
  goAway();
  await pass(2_000);

  hub.sockets[2]!.drop();
  await pass(2_100);

  expect(states).toEqual(['reconnecting', 'connected']);
  expect(one.peerId).toBe('p2');
});

test('what is sent during the move arrives once and in order, and no send fails', async () => {
  const heard: unknown[] = [];
  theirs.on('data', ({ data }) => heard.push(data));
  goAway();
  const sends: Promise<void>[] = [];

  for (let i = 0; i < 30; i++) {
    const they = one.peers.get(theirs.peerId)!;
    sends.push(i % 2 === 0 ? they.sendData(i) : one.sendData(i));
    await pass(100);
  }
  await settled(Promise.all(sends), 5_000);

  expect(hub.sockets).toHaveLength(3);
  expect(heard).toEqual(Array.from({ length: 30 }, (_, i) => i));
});

test('an old connection that no longer knows the peer is not the end of it: what it refuses goes over the new one', async () => {
  hub.addPeer('one', { id: 'plain' });
  await pass();
  hub.reachable = false;
  hub.answer = ({ target, socket }) => (socket === old && target !== 'Ping' ? 'not-in-room (rejoin): You are not in it.' : undefined);
  goAway();
  await pass(2_000);
  const sends = [
    two.setAttributes({ hand: 'up' }),
    two.sendData('to nobody'),
    one.peers.get(theirs.peerId)!.sendData('to one'),
    one.peers.get('plain')!.sendData('to a plain one'),
  ];
  await pass();
  expect(hub.sent('Join').filter(({ room, resume }) => room !== 'two' || resume)).toEqual([]);

  hub.reachable = true;
  await settled(Promise.all(sends), 1_000);

  expect(events).toEqual([[['joined', 'plain', false], ['moved', 'p2']], [['moved', 'p3']]]);
  expect(states).toEqual([]);
});

test('a word of the old connection that the peer was taken is the move itself', async () => {
  goAway();
  await pass(2_000);

  hub.push('Removed', { room: 'one', peerId: 'p2', code: 'replaced', action: 'give-up' }, old);
  await pass();

  expect(events).toEqual([[['moved', 'p2']], [['moved', 'p3']]]);
});

test('failed tries are repeated while the old connection serves', async () => {
  hub.reachable = false;
  goAway();
  await pass(2_250);
  expect(hub.sockets).toHaveLength(5);
  expect(states).toEqual([]);
  await settled(one.sendData('still here'));
  hub.reachable = true;

  await pass(50);

  expect(events).toEqual([[['moved', 'p2']], [['moved', 'p3']]]);
  expect(states).toEqual([]);
});

test('a node that asks for time is asked again after it', async () => {
  hub.refusal = () => (hub.sockets.length === 3 ? 'unavailable (retry-later, 1000 ms): Busy.' : undefined);
  goAway();
  await pass(2_999);
  expect(hub.sockets).toHaveLength(3);

  await pass(1);

  expect(events).toEqual([[['moved', 'p2']], [['moved', 'p3']]]);
});

test('when the old connection ends before a try succeeds, the normal reconnect takes over', async () => {
  hub.reachable = false;
  goAway();
  await pass(2_050);

  old.push({ type: 7, error: 'Connection closed with an error. HubException: going-away (retry): The node stops.' });
  await pass();
  old.drop();
  expect(states).toEqual(['reconnecting']);
  hub.reachable = true;
  await pass(100);

  expect(states).toEqual(['reconnecting', 'connected']);
  expect(events).toEqual([[['resumed', 'p2']], [['resumed', 'p3']]]);
});

test('when the old connection ends half-way, the rest follows on the new one without a change of state', async () => {
  let held = true;
  hub.answer = ({ target, socket }) => (held && target === 'Join' && socket !== old ? 'unavailable (retry-later, 500 ms): Busy.' : undefined);
  goAway();
  await pass(2_000);
  expect(events).toEqual([[['moved', 'p2']], []]);

  old.drop();
  await pass();
  held = false;
  await pass(500);

  expect(events).toEqual([[['moved', 'p2']], [['resumed', 'p3']]]);
  expect(states).toEqual([]);
  expect(hub.sockets).toHaveLength(3);
});

test('when the new connection ends half-way, the next try takes every room', async () => {
  hub.addPeer('one', { id: 'plain' });
  hub.answer = ({ target, socket }) => (target === 'Join' && socket === hub.sockets[2] ? 'silence' : undefined);
  goAway();
  await pass(2_000);
  expect(events[1]).toEqual([]);

  hub.sockets[2]!.drop();
  await pass();
  const send = one.peers.get('plain')!.sendData('waits for the next');
  await settled(send, 100);

  expect(events).toEqual([[['joined', 'plain', false], ['moved', 'p2'], ['moved', 'p2']], [['moved', 'p3']]]);
  expect(states).toEqual([]);
});

test('a peer that can no longer be resumed joins anew over the new connection, and the former one is taken back', async () => {
  hub.resumes = false;
  goAway();
  await pass(2_000);

  // Until the welcome comes, the new peer is someone else for the old connection.
  expect(events).toEqual([
    [['joined', 'p4', false], ['left', 'p4', 'unknown'], ['rejoined', 'p2', 'p4']],
    [['joined', 'p5', false], ['left', 'p5', 'unknown'], ['rejoined', 'p3', 'p5']],
  ]);
  expect([...one.peers.keys()]).toEqual([theirs.peerId]);
  expect([...hub.rooms.get('two')!.members.keys()]).toEqual(['p5']);
  expect(states).toEqual([]);
});

test('a room that the app leaves during the move is not moved, and one that it joins is joined over the new connection', async () => {
  hub.answer = ({ target, socket }) => (target === 'Join' && socket !== old ? 'silence' : undefined);
  goAway();
  await pass(2_000);
  const leaving = two.leave();
  const joining = client.joinRoom('three');
  await pass();
  hub.answer = undefined;
  const join = hub.sent('Join').at(-1);
  hub.received(hub.sockets[2]!, { type: 1, target: 'Join', arguments: [join], invocationId: 'late' });
  await settled(Promise.all([leaving, joining]));
  await pass(2_000);

  expect(join.room).toBe('three');
  expect(hub.rooms.get('two')!.members.size).toBe(0);
  expect(hub.sockets).toHaveLength(3);
  expect(old.readyState).toBe(3);
});

test('roster versions of the old connection do not count for a room that has moved', async () => {
  hub.answer = ({ target, socket }) => ((target === 'Join' && socket !== old) || target === 'Ping' ? 'silence' : undefined);
  await pass(15_000);
  goAway();
  await pass(2_000);

  const ping = hub.invocations.findLast(({ target, socket }) => target === 'Ping' && socket === old)!;
  hub.complete(ping, { rosterVersions: { one: 99 } });
  hub.push('PeerLeft', { room: 'one', version: 99, peerId: theirs.peerId, reason: 'left' }, old);
  await pass();

  expect(hub.sent('GetRoster')).toEqual([]);
  expect(one.peers.size).toBe(1);
});

test('what is asked during and after the move is answered over the new connection', async () => {
  hub.answer = ({ target, socket }) => (target === 'SetAttributes' && socket === old ? 'silence' : undefined);
  goAway();
  await pass(1_999);
  const during = one.setAttributes({ hand: 'up' });
  await pass(1);

  await settled(Promise.all([during, two.setAttributes({ muted: 'true' })]), 2_000);

  expect(one.attributes).toEqual({ hand: 'up' });
  const over = hub.invocations.filter(({ target }) => target === 'SetAttributes').map(({ socket }) => hub.sockets.indexOf(socket));
  expect(over).toEqual([1, 2, 2]);
});

test('an answer that the old connection still owes is waited for', async () => {
  hub.addPeer('one', { id: 'plain' });
  hub.answer = ({ target, socket }) => (target === 'Send' && socket === old ? 'silence' : undefined);
  await pass();
  const send = one.peers.get('plain')!.sendData('hi');
  goAway();
  await pass(2_000);
  expect(old.readyState).toBe(1);

  hub.complete(hub.invocations.find(({ target }) => target === 'Send')!);
  await settled(send);
  await pass();

  expect(old.readyState).toBe(3);
});

test('a room that the old connection joins late, when the new one has it already, is left there', async () => {
  hub.answer = ({ target, socket }) => (target === 'Join' && socket === old ? 'silence' : undefined);
  const joining = client.joinRoom('three');
  goAway();
  const three = await settled(joining, 2_000);

  const welcome = { room: 'three', peerId: 'twice', roster: { room: 'three', version: 1, peers: [] }, ice: { servers: [] } };
  hub.push('Welcome', { ...welcome, limits: three.limits, region: 'test', protocolVersion: 1 }, old);
  await pass();

  expect(three.peerId).toBe('p4');
  expect(hub.invocations.filter(({ target }) => target === 'Leave').map(({ socket, argument }) => [socket === old, argument.room])).toEqual([[true, 'three']]);
});

test('a change of the roster that the old connection held back does not count either', async () => {
  hub.answer = ({ target, socket }) => (target === 'GetRoster' && socket === old ? 'silence' : undefined);
  hub.push('PeerJoined', { room: 'one', version: 99, peer: { id: 'ghost' } }, old);
  goAway();
  await pass(2_000);
  await pass(2_000);
  hub.addPeer('one', { id: 'new' });
  await pass();

  expect([...one.peers.keys()]).toEqual([theirs.peerId, 'new']);
  expect(hub.invocations.filter(({ target, socket }) => target === 'GetRoster' && socket === hub.sockets[2])).toHaveLength(1);
});

test('closing during the move leaves every room on both connections', async () => {
  hub.answer = ({ target, socket }) => (target === 'Join' && socket !== old ? 'silence' : undefined);
  goAway();
  await pass(2_000);

  await settled(client.close());
  await pass();

  expect(hub.rooms.get('one')!.members.size).toBe(1);
  expect(hub.rooms.get('two')!.members.size).toBe(0);
  await pass(60_000);
  expect(hub.sockets).toHaveLength(3);
});
