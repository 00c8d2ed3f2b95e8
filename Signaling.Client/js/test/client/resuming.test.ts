import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Room } from '../../src/rooms/room.js';
import type { SignalingClient } from '../../src/signaling-client.js';
import { pass, settled, useFakeClock } from '../support/clock.js';
import { FakeHub, resumeWindow } from '../support/fake-hub.js';
import { record } from '../support/record.js';

let hub: FakeHub;
let client: SignalingClient;
let ours: Room;
let theirs: Room;

beforeEach(async () => {
  useFakeClock();
  hub = new FakeHub();
  theirs = await settled(hub.client({ reconnectDelay: () => 100 }).joinRoom('math-101'));
  client = hub.client({ reconnectDelay: () => 100 });
  ours = await settled(client.joinRoom('math-101', { name: 'Mina' }));
});
afterEach(() => void vi.useRealTimers());

const ourSocket = () => hub.sockets.at(-1)!;

const queryOf = (index: number) => Object.fromEntries(new URL(hub.sockets.at(index)!.url).searchParams);

function heardBy(room: Room): unknown[] {
  const heard: unknown[] = [];
  room.on('data', ({ data }) => heard.push(data));
  return heard;
}

test('a lost connection comes back as the same peer, and nobody sees it leave', async () => {
  const events = record(ours);
  const theirEvents = record(theirs);

  ourSocket().drop();
  await pass(100);

  expect(ours.peerId).toBe('p2');
  expect(events).toEqual([['resumed', 'p2']]);
  expect(theirEvents).toEqual([
    ['state', 'p2', 'reconnecting'],
    ['state', 'p2', 'connected'],
  ]);
});

test('the first room is resumed in the URL with the token of its last welcome, and the others by invocation', async () => {
  const other = await settled(client.joinRoom('other', { attributes: { muted: 'true' } }));
  ourSocket().drop();
  await pass(100);
  ourSocket().drop();
  hub.invocations.length = 0;

  await pass(100);

  expect(queryOf(-2)).toEqual({ room: 'math-101', name: 'Mina', peer: 'p2', resume: 't2', attempt: '1', acks: '1', resumable: '1', v: '1' });
  expect(queryOf(-1)).toMatchObject({ room: 'math-101', peer: 'p2', resume: 't4', attempt: '2' });
  const resume = { peerId: 'p3', token: 't5', attempt: 2 };
  expect(hub.sent('Join')).toEqual([{ room: 'other', acks: true, resumable: true, attributes: { muted: 'true' }, resume }]);
  expect(other.peerId).toBe('p3');
});

test('a room with attributes is resumed in the URL: the peer has them', async () => {
  const withAttributes = hub.client({ reconnectDelay: () => 100 });
  await settled(withAttributes.joinRoom('other', { attributes: { muted: 'true' } }));
  hub.invocations.length = 0;

  ourSocket().drop();
  await pass(100);

  expect(queryOf(-1)).toMatchObject({ room: 'other', peer: 'p3' });
  expect(hub.sent('Join')).toEqual([]);
});

test('a room that the hub had not welcomed yet is joined as new', async () => {
  hub.answer = ({ target }) => (target === 'Join' ? 'silence' : undefined);
  const joining = client.joinRoom('other');
  await pass();
  hub.answer = undefined;

  ourSocket().drop();
  await settled(joining, 100);

  expect(hub.sent('Join').at(-1)).toEqual({ room: 'other', acks: true, resumable: true });
});

test('what was in flight is sent again at once, what waited follows, and everything arrives once and in order', async () => {
  const they = ours.peers.get(theirs.peerId)!;
  const heard = heardBy(theirs);
  hub.answer = ({ target }) => (target === 'Send' ? 'silence' : undefined);
  const inFlight = they.sendData('in flight');
  await pass();
  ourSocket().drop();
  await pass();
  hub.answer = undefined;
  const waiting = [they.sendData('waiting'), ours.sendData('to all')];

  await settled(Promise.all([inFlight, ...waiting]), 100);
  await pass(10_000);

  expect(heard).toEqual(['in flight', 'waiting', 'to all']);
});

test('a send whose signal arrived, though the hub could not say so, completes', async () => {
  const they = ours.peers.get(theirs.peerId)!;
  const heard = heardBy(theirs);
  const socket = ourSocket();
  const push = socket.push.bind(socket);
  socket.push = (message) => void ('invocationId' in message || push(message));
  const send = they.sendData('hi');
  await pass();
  expect(heard).toEqual(['hi']);
  hub.answer = ({ argument }) => (argument.data === 'hi' ? 'rate-limited (retry-later, 60000 ms): Slow down.' : undefined);
  socket.drop();
  await pass(100);

  await settled(theirs.peers.get(ours.peerId)!.sendData('got it'));
  await settled(send);

  expect(heard).toEqual(['hi']);
});

test('what the other side sends meanwhile arrives when we are back, without waiting for a time-out', async () => {
  const heard = heardBy(ours);
  ourSocket().drop();
  await pass();
  const send = theirs.peers.get(ours.peerId)!.sendData('welcome back');

  await settled(send, 100);

  expect(heard).toEqual(['welcome back']);
});

test('the roster is the one of the welcome: those missing have left, those who came have joined', async () => {
  const gone = hub.addPeer('math-101', { id: 'gone' });
  hub.addPeer('math-101', { id: 'stays', attributes: { muted: 'true' } });
  await pass();
  const stays = ours.peers.get('stays');
  const events = record(ours);
  ourSocket().drop();
  await pass();
  gone();
  hub.addPeer('math-101', { id: 'new' });
  hub.rooms.get('math-101')!.members.get('stays')!.info.attributes!['muted'] = 'false';

  await pass(100);

  expect(events).toEqual([
    ['left', 'gone', 'unknown'],
    ['resumed', 'p2'],
    ['updated', 'stays', { muted: 'false' }],
    ['joined', 'new', false],
  ]);
  expect(ours.peers.get('stays')).toBe(stays);
});

test('later changes of the roster go on from the version of the welcome', async () => {
  hub.rooms.get('math-101')!.version = 40;
  ourSocket().drop();
  await pass(100);
  const events = record(ours);

  hub.addPeer('math-101', { id: 'new' });
  await pass();

  expect(events).toEqual([['joined', 'new', false]]);
  expect(hub.invocations.filter(({ target, socket }) => target === 'GetRoster' && socket === ourSocket())).toEqual([]);
});

test('attributes that the hub has lost are set again, those that the app changes meanwhile by their own', async () => {
  await settled(ours.setAttributes({ hand: 'up', muted: 'true', name: 'kept' }));
  ourSocket().drop();
  await pass();
  const { members } = hub.rooms.get('math-101')!;
  members.get('p2')!.info.attributes = { old: 'yes', name: 'kept' };
  hub.invocations.length = 0;
  const change = ours.setAttributes({ muted: null });

  await settled(change, 100);

  expect(hub.sent('SetAttributes').map(({ attributes }) => attributes)).toEqual([{ muted: null }, { old: null, hand: 'up' }]);
  expect(members.get('p2')!.info.attributes).toEqual({ name: 'kept', hand: 'up' });
  expect(ours.attributes).toEqual({ name: 'kept', hand: 'up' });
});

test('when it is too late in the URL, the room is rejoined at once', async () => {
  const slow = hub.client({ reconnectDelay: () => 20_000 });
  const room = await settled(slow.joinRoom('late'));
  const events = record(room);
  ourSocket().drop();
  await pass(10_000);
  hub.expire('late', room.peerId);

  await pass(10_000);

  expect(events).toEqual([['rejoined', 'p3', 'p4']]);
  expect(slow.state).toBe('connected');
  expect(queryOf(-1)).not.toHaveProperty('resume');
});

test('when all is too late, the other rooms ask by invocation, so that it takes two connections however many they are', async () => {
  const rooms = [ours];
  for (const id of ['two', 'three', 'four']) rooms.push(await settled(client.joinRoom(id, { attributes: { muted: 'true' } })));
  await settled(ours.setAttributes({ muted: 'true' }));
  const before = hub.sockets.length;
  ourSocket().drop();
  await pass();
  for (const room of rooms) hub.expire(room.id, room.peerId);

  await pass(100);

  expect(hub.sockets.length - before).toBe(2);
  expect(rooms.map(({ peerId }) => peerId).sort()).toEqual(['p6', 'p7', 'p8', 'p9']);
  expect(rooms.every(({ attributes }) => attributes['muted'] === 'true')).toBe(true);
});

test('whoever is away for longer than the window has left for the others', async () => {
  const left = record(theirs);
  hub.reachable = false;
  ourSocket().drop();

  await pass(resumeWindow);

  expect(left.at(-1)).toEqual(['left', 'p2', 'disconnected']);
});

test('the change of state tells whether every room was resumed', async () => {
  await settled(client.joinRoom('other'));
  const changes: unknown[] = [];
  client.on('statechanged', ({ state, resumed }) => state === 'connected' && changes.push(resumed));
  ourSocket().drop();
  await pass(100);
  ourSocket().drop();
  await pass();
  hub.expire('other', 'p3');

  await pass(100);

  expect(changes).toEqual([true, false]);
});

test('the first connect says nothing of resuming', async () => {
  const changes: unknown[] = [];
  const fresh = hub.client();
  fresh.on('statechanged', (change) => changes.push(change));

  await settled(fresh.joinRoom('other'));

  expect(changes.at(-1)).toEqual({ state: 'connected', previous: 'connecting' });
});

test('a hub that went away or is busy is given the time that it asks for, and then resumes', async () => {
  hub.refusal = () => (hub.sockets.length === 3 ? 'unavailable (retry-later, 5000 ms): Busy.' : undefined);
  const events = record(ours);
  ourSocket().push({ type: 7, error: 'Connection closed with an error. HubException: going-away (retry, 2000 ms): The node stops.' });
  await pass();
  await pass(1_999);
  expect(hub.sockets).toHaveLength(2);
  await pass(1);
  expect(hub.sockets).toHaveLength(3);
  await pass(4_999);
  expect(hub.sockets).toHaveLength(3);

  await pass(1);

  expect(events).toEqual([['resumed', 'p2']]);
});
