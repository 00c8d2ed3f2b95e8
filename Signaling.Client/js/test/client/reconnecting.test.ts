import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SignalingClient } from '../../src/signaling-client.js';
import { pass, settled, useFakeClock } from '../support/clock.js';
import { FakeHub } from '../support/fake-hub.js';
import { record } from '../support/record.js';

let hub: FakeHub;
let client: SignalingClient;

beforeEach(() => {
  useFakeClock();
  hub = new FakeHub();
  client = hub.client({ reconnectDelay: () => 100 });
});
afterEach(() => void vi.useRealTimers());

test('where the hub cannot resume, a lost connection comes back as a new peer in every room, and the roster as events', async () => {
  hub.resumes = false;
  const gone = hub.addPeer('math-101', { id: 'gone' });
  hub.addPeer('math-101', { id: 'stays', attributes: { muted: 'true' } });
  const room = await settled(client.joinRoom('math-101'));
  const other = await settled(client.joinRoom('other'));
  const stays = room.peers.get('stays');
  const events = record(room);
  const otherEvents = record(other);

  hub.sockets[0]!.drop();
  await pass();
  expect(client.state).toBe('reconnecting');
  gone();
  hub.addPeer('math-101', { id: 'new' });
  hub.rooms.get('math-101')!.members.get('stays')!.info.attributes!['muted'] = 'false';
  await pass(100);

  expect(client.state).toBe('connected');
  expect(events).toEqual([
    ['left', 'gone', 'unknown'],
    ['rejoined', 'p1', 'p3'],
    ['updated', 'stays', { muted: 'false' }],
    ['joined', 'new', true],
  ]);
  expect(otherEvents).toEqual([['rejoined', 'p2', 'p4']]);
  expect(room.peers.get('stays')).toBe(stays);
});

test('our former self that still lingers in the roster is nobody else', async () => {
  hub.resumes = false;
  const room = await settled(client.joinRoom('math-101'));
  const events = record(room);
  hub.lingering = true;

  hub.sockets[0]!.drop();
  await pass(100);

  expect(hub.rooms.get('math-101')!.members.size).toBe(2);
  expect(room.peers.size).toBe(0);
  expect(events).toEqual([['rejoined', 'p1', 'p2']]);
});

test('it never gives up while the app wants to stay', async () => {
  const room = await settled(hub.client().joinRoom('math-101'));
  hub.reachable = false;
  hub.sockets[0]!.drop();
  await pass(3_600_000);
  hub.reachable = true;

  await pass(30_000);

  expect(room.peerId).toBe('p2');
});

test('the delays start over once the connection has held', async () => {
  const attempts: number[] = [];
  const counting = hub.client({ reconnectDelay: (attempt) => (attempts.push(attempt), 100) });
  await settled(counting.joinRoom('math-101'));
  hub.reachable = false;
  hub.sockets[0]!.drop();
  await pass(250);
  hub.reachable = true;
  await pass(100);

  hub.sockets.at(-1)!.drop();
  await pass();

  expect(attempts).toEqual([0, 1, 2, 0]);
});

test('attributes survive: they are set again with the join', async () => {
  hub.resumes = false;
  const room = await settled(client.joinRoom('math-101'));
  await settled(room.setAttributes({ hand: 'up', muted: 'true' }));
  await settled(room.setAttributes({ hand: null }));

  hub.sockets[0]!.drop();
  await pass(100);

  expect(hub.sent('Join')).toEqual([{ room: 'math-101', acks: true, resumable: true, rejoin: true, attributes: { muted: 'true' } }]);
  expect(room.attributes).toEqual({ muted: 'true' });
});

test('a change of attributes during an outage waits for its end', async () => {
  const room = await settled(client.joinRoom('math-101'));
  hub.sockets[0]!.drop();

  await settled(room.setAttributes({ hand: 'up' }), 100);

  expect(hub.rooms.get('math-101')!.members.get(room.peerId)!.info.attributes).toEqual({ hand: 'up' });
});

test('a room that does not take us back is closed with the error, and the others stay', async () => {
  hub.resumes = false;
  const room = await settled(client.joinRoom('math-101'));
  const other = await settled(client.joinRoom('other'));
  const events = record(room);
  hub.refusal = (url) => (url.searchParams.get('room') === 'math-101' ? 'not-allowed (give-up): No.' : undefined);

  hub.sockets[0]!.drop();
  await pass(200);

  expect(events).toEqual([['closed', 'refused', 'not-allowed']]);
  expect(client.state).toBe('connected');
  expect(other.peerId).toBe('p3');
});

test('a room that filled up meanwhile is waited for, and the others come back at once', async () => {
  hub.resumes = false;
  await settled(client.joinRoom('math-101'));
  const other = await settled(client.joinRoom('other'));
  let full = true;
  hub.refusal = (url) => (full && url.searchParams.get('room') === 'math-101' ? 'room-full (retry-later): Full.' : undefined);
  hub.answer = ({ argument }) => (full && argument.room === 'math-101' ? 'room-full (retry-later, 1000 ms): Full.' : undefined);
  hub.sockets[0]!.drop();
  await pass(200);
  expect(other.peerId).toBe('p3');

  full = false;
  await pass(1_000);

  expect([...hub.rooms.get('math-101')!.members.keys()]).toEqual(['p4']);
});

test('a connection that answers no ping for 15 seconds is made anew', async () => {
  await settled(client.joinRoom('math-101'));
  hub.answer = ({ target, socket }) => (target === 'Ping' && socket === hub.sockets[0] ? 'silence' : undefined);

  await pass(20_000 + 15_000 + 100);

  expect(hub.sockets).toHaveLength(2);
  expect(client.state).toBe('connected');
});

test('the round trip is measured and told to the hub with the next ping', async () => {
  await settled(client.joinRoom('math-101'));
  expect(client.roundTripMs).toBeTypeOf('number');

  await pass(20_000);

  expect(hub.sent('Ping').slice(0, 2)).toEqual([{}, { roundTripMs: expect.any(Number) }]);
});

test('a change of the network while waiting tries again at once', async () => {
  const patient = hub.client({ reconnectDelay: () => 30_000 });
  await settled(patient.joinRoom('math-101'));
  hub.sockets[0]!.drop();
  await pass();

  patient.notifyNetworkChanged();
  await pass();

  expect(patient.state).toBe('connected');
});

test('a change of the network finds a dead connection within two seconds', async () => {
  await settled(client.joinRoom('math-101'));
  await pass();
  hub.answer = ({ socket }) => (socket === hub.sockets[0] ? 'silence' : undefined);

  client.notifyNetworkChanged();
  await pass(2_100);

  expect(hub.sockets).toHaveLength(2);
});

test('a hub that has forgotten us is joined again on the same connection', async () => {
  const room = await settled(client.joinRoom('math-101'));
  const events = record(room);
  hub.rooms.get('math-101')!.members.clear();
  hub.answer = ({ target }) => (target === 'SetAttributes' && room.peerId === 'p1' ? 'not-in-room (rejoin): You are not in it.' : undefined);

  await settled(room.setAttributes({ hand: 'up' }));

  expect(hub.sockets).toHaveLength(1);
  expect(events).toEqual([['rejoined', 'p1', 'p2']]);
});

test('closing leaves every room with a word and stays closed', async () => {
  const room = await settled(client.joinRoom('math-101'));
  const events = record(room);

  await settled(client.close());

  expect(hub.sent('Leave')).toEqual([{ room: 'math-101' }]);
  expect(events).toEqual([['closed', 'client-closed', undefined]]);
  expect(client.state).toBe('closed');
  await expect(client.joinRoom('math-101')).rejects.toThrow('closed');
  await pass(60_000);
  expect(hub.sockets).toHaveLength(1);
});

test('closing does not wait for a socket that hangs while it connects', async () => {
  hub.opened = (socket) => void hub.sockets.push(socket);
  const joining = client.joinRoom('math-101');
  await pass();

  const closing = client.close();

  await expect(joining).rejects.toThrow('closed');
  await settled(closing);
});

test('leaving one room keeps the others', async () => {
  const one = await settled(client.joinRoom('one'));
  const two = await settled(client.joinRoom('two'));

  await settled(one.leave());
  hub.sockets[0]!.drop();
  await pass(100);

  expect(two.peerId).toBe('p2');
  expect(client.state).toBe('connected');
  expect(hub.rooms.get('one')!.members.size).toBe(0);
});

test('with no room left, a lost connection is not made anew', async () => {
  const room = await settled(client.joinRoom('math-101'));
  await settled(room.leave());

  hub.sockets[0]!.drop();
  await pass(60_000);

  expect(hub.sockets).toHaveLength(1);
  expect(client.state).toBe('idle');
});
