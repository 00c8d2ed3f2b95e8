import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Room } from '../../src/rooms/room.js';
import { pass, settled, useFakeClock } from '../support/clock.js';
import { FakeHub } from '../support/fake-hub.js';

let hub: FakeHub;
let room: Room;

beforeEach(async () => {
  useFakeClock();
  hub = new FakeHub();
  room = await settled(hub.client().joinRoom('math-101'));
});
afterEach(() => void vi.useRealTimers());

test('who joins, changes and leaves is told', async () => {
  const events: unknown[] = [];
  room.on('peerjoined', ({ peer }) => events.push(['joined', peer.id, peer.wasHereFirst]));
  room.on('peerupdated', ({ peer }) => events.push(['updated', peer.id, peer.attributes]));
  room.on('peerleft', ({ peer, reason }) => events.push(['left', peer.id, reason]));
  const leave = hub.addPeer('math-101', { id: 'b' });
  hub.push('PeerUpdated', { room: 'math-101', version: ++hub.rooms.get('math-101')!.version, peerId: 'b', attributes: { hand: 'up' } });

  leave();
  await pass();

  expect(events).toEqual([
    ['joined', 'b', false],
    ['updated', 'b', { hand: 'up' }],
    ['left', 'b', 'left'],
  ]);
  expect(room.peers.size).toBe(0);
});

test('a change that was lost makes it read the roster again, and later changes wait for it', async () => {
  const joined: string[] = [];
  room.on('peerjoined', ({ peer }) => joined.push(peer.id));
  hub.addPeer('math-101', { id: 'lost' }, false);
  hub.rooms.get('math-101')!.version++;

  hub.addPeer('math-101', { id: 'next' });
  await pass();

  expect(hub.sent('GetRoster')).toHaveLength(1);
  expect(joined).toEqual(['lost', 'next']);
});

test('a last change that was lost is found by the ping', async () => {
  hub.addPeer('math-101', { id: 'lost' }, false);
  hub.rooms.get('math-101')!.version++;

  await pass(20_000);

  expect([...room.peers.keys()]).toEqual(['lost']);
});

test('a roster that could not be read is asked for again', async () => {
  let failures = 2;
  hub.answer = ({ target }) => (target === 'GetRoster' && failures-- > 0 ? 'internal (retry): Oops.' : undefined);
  hub.addPeer('math-101', { id: 'lost' }, false);
  hub.rooms.get('math-101')!.version += 2;

  await pass(60_000);

  expect([...room.peers.keys()]).toEqual(['lost']);
});

test('a change that is older than the roster is ignored', async () => {
  hub.push('PeerJoined', { room: 'math-101', version: 1, peer: { id: 'old' } });
  await pass();

  expect(room.peers.size).toBe(0);
});

test('a reason that only a newer hub knows is unknown', async () => {
  hub.addPeer('math-101', { id: 'b' });
  const reasons: string[] = [];
  room.on('peerleft', ({ reason }) => reasons.push(reason));

  hub.push('PeerLeft', { room: 'math-101', version: ++hub.rooms.get('math-101')!.version, peerId: 'b', reason: 'abducted' });
  await pass();

  expect(reasons).toEqual(['unknown']);
});

test('fresh ICE servers replace the first', async () => {
  await settled(room.fetchIceServers());

  expect(room.iceServers).toEqual([{ urls: ['stun:fresh'] }]);
});

test('a handler that throws disturbs neither the others nor the client', async () => {
  const log = vi.fn();
  const other = await settled(hub.client({ logger: { log } }).joinRoom('other'));
  const seen: string[] = [];
  other.on('peerjoined', () => {
    throw new Error('In the app.');
  });
  other.on('peerjoined', () => Promise.reject(new Error('In the app, later.')));
  other.on('peerjoined', ({ peer }) => seen.push(peer.id));

  hub.addPeer('other', { id: 'b' });
  await pass();

  expect(seen).toEqual(['b']);
  expect(log.mock.calls.filter(([level, text]) => level === 4 && text.includes('In the app'))).toHaveLength(2);
});

test('a handler that was detached is not called', async () => {
  const seen: string[] = [];
  const detach = room.on('peerjoined', ({ peer }) => seen.push(peer.id));
  detach();

  hub.addPeer('math-101', { id: 'b' });
  await pass();

  expect(seen).toEqual([]);
});
