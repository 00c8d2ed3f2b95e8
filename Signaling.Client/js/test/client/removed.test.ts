import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Room } from '../../src/rooms/room.js';
import type { SignalingClient } from '../../src/signaling-client.js';
import { pass, settled, useFakeClock } from '../support/clock.js';
import { FakeHub } from '../support/fake-hub.js';
import { record } from '../support/record.js';

let hub: FakeHub;
let client: SignalingClient;
let room: Room;
let events: unknown[];

beforeEach(async () => {
  useFakeClock();
  hub = new FakeHub();
  client = hub.client({ reconnectDelay: () => 100 });
  room = await settled(client.joinRoom('math-101'));
  events = record(room);
});
afterEach(() => void vi.useRealTimers());

test('a room whose peer a newer connection has taken is closed with the error', async () => {
  hub.push('Removed', { room: 'math-101', peerId: 'p1', code: 'replaced', action: 'give-up' });
  await pass();

  expect(events).toEqual([['closed', 'refused', 'replaced']]);
  await pass(60_000);
  expect(hub.sent('Join')).toEqual([]);
});

test('a room that is to be joined again is, as a new peer on the same connection', async () => {
  hub.rooms.get('math-101')!.members.clear();

  hub.push('Removed', { room: 'math-101', peerId: 'p1', code: 'resume-expired', action: 'rejoin' });
  await pass();

  expect(events).toEqual([['rejoined', 'p1', 'p2']]);
  expect(hub.sent('Join')).toEqual([{ room: 'math-101', acks: true, resumable: true, rejoin: true }]);
  expect(hub.sockets).toHaveLength(1);
  expect(client.state).toBe('connected');
});

test('a room that two regions had overfilled is closed with the error, and not joined again', async () => {
  hub.push('Removed', { room: 'math-101', peerId: 'p1', code: 'room-full', action: 'retry-later' });
  await pass();

  expect(events).toEqual([['closed', 'refused', 'room-full']]);
  await pass(60_000);
  expect(hub.sent('Join')).toEqual([]);
});

test('a word about another peer than ours, or about no room of ours, is ignored', async () => {
  hub.push('Removed', { room: 'math-101', peerId: 'p0', code: 'replaced', action: 'give-up' });
  hub.push('Removed', { room: 'other', peerId: 'p1', code: 'replaced', action: 'give-up' });
  await pass();

  expect(events).toEqual([]);
});

test('an action that only a newer hub knows closes the room', async () => {
  hub.push('Removed', { room: 'math-101', peerId: 'p1', code: 'abducted', action: 'phone-home' });
  await pass();

  expect(events).toEqual([['closed', 'refused', 'unknown']]);
});

test('the other rooms stay', async () => {
  const other = await settled(client.joinRoom('other'));

  hub.push('Removed', { room: 'math-101', peerId: 'p1', code: 'replaced', action: 'give-up' });
  await settled(other.sendData('hi'));

  expect(client.state).toBe('connected');
});
