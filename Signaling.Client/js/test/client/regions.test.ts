import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Room } from '../../src/rooms/room.js';
import type { SignalingClient } from '../../src/signaling-client.js';
import { pass, settled, useFakeClock } from '../support/clock.js';
import { FakeRegion, clientOf } from '../support/fake-regions.js';
import { record } from '../support/record.js';

/** Enough to measure all regions. */
const measuring = 1_000;
const minute = 60_000;

let near: FakeRegion;
let far: FakeRegion;
let client: SignalingClient;
let stored: Map<string, string>;

beforeEach(() => {
  useFakeClock();
  stored = new Map();
  vi.stubGlobal('localStorage', { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => void stored.set(key, value) });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  near = new FakeRegion('near', 20);
  far = new FakeRegion('far', 120);
  client = clientOf([far, near]);
});
afterEach(async () => {
  const closing = client.close();
  await pass(2_000);
  await closing;
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** What is told of regions from now on. */
function changes(of = client): unknown[] {
  const told: unknown[] = [];
  of.on('regionchanged', ({ previous, region }) => told.push([previous?.name, region.name]));
  return told;
}

/** In a room of the far region, because the near one has failed. */
async function driveOut(): Promise<Room> {
  const room = await settled(client.joinRoom('math-101'), measuring);
  near.fail();
  await pass(5_000);
  expect(room.region).toBe('far');
  return room;
}

test('a client connects to the nearest region', async () => {
  const told = changes();

  const room = await settled(client.joinRoom('math-101'), measuring);

  expect(room.region).toBe('near');
  expect(client.region).toEqual(near.info);
  expect(told).toEqual([[undefined, 'near']]);
});

test('a region that is not ready is passed over', async () => {
  near.ready = false;

  expect((await settled(client.joinRoom('math-101'), measuring)).region).toBe('far');
});

test('one URL is enough where the hub lists the regions', async () => {
  far.lists = [near.info, far.info];
  client = clientOf([far, near], { at: 'http://far/signaling', discoverRegions: true });

  expect((await settled(client.joinRoom('math-101'), measuring)).region).toBe('near');
});

test('a hub that lists nothing is used as it is', async () => {
  client = clientOf([far, near], { at: 'http://far/signaling', discoverRegions: true });

  expect((await settled(client.joinRoom('math-101'), measuring)).region).toBe('far');
  expect(client.region).toEqual(far.info);
});

test('one URL alone is never probed', async () => {
  client = clientOf([far, near], { at: 'http://far/signaling' });

  expect((await settled(client.joinRoom('math-101'))).region).toBe('far');

  await pass(10 * minute);
  expect(near.probes + far.probes).toBe(0);
});

test('the next client in this browser connects to the remembered region at once, and measures behind', async () => {
  await settled(client.joinRoom('math-101'), measuring);
  near.probes = far.probes = 0;
  const next = clientOf([far, near]);

  expect((await settled(next.joinRoom('math-101'))).region).toBe('near');

  expect(far.probes).toBeLessThan(2);
  await pass(minute);
  expect(far.probes).toBeGreaterThan(3);
  void next.close();
});

test('what is remembered is the nearest region, even where a call keeps us in another', async () => {
  [near.distance, far.distance] = [far.distance, near.distance];
  far.addPeer('math-101', { id: 'guest' });
  const room = await settled(client.joinRoom('math-101'), measuring);
  expect(room.region).toBe('far');
  [near.distance, far.distance] = [far.distance, near.distance];

  await pass(10 * minute);

  expect(room.region).toBe('far');
  expect(JSON.parse([...stored.values()][0]!)).toEqual(near.info);
});

test('where the browser remembers nothing, all goes on', async () => {
  vi.stubGlobal('localStorage', undefined);

  expect((await settled(client.joinRoom('math-101'), measuring)).region).toBe('near');
});

test('a region that fails is followed by the next best, as a new peer', async () => {
  const one = await settled(client.joinRoom('one'), measuring);
  const two = await settled(client.joinRoom('two', { attributes: { hand: 'up' } }));
  const events = [record(one), record(two)];
  const told = changes();
  const rejoined: unknown[] = [];
  one.on('rejoined', ({ region }) => rejoined.push(region));

  near.fail();
  await pass(3_000);

  expect(events).toEqual([[['rejoined', 'p1', 'p1']], [['rejoined', 'p2', 'p2']]]);
  expect(rejoined).toEqual(['far']);
  expect(told).toEqual([['near', 'far']]);
  expect(far.sockets).toHaveLength(1);
  expect(new URL(far.sockets[0]!.url).searchParams.get('resume')).toBeNull();
  expect(far.sent('Join')).toEqual([{ room: 'two', acks: true, resumable: true, rejoin: true, attributes: { hand: 'up' } }]);
  expect(client.state).toBe('connected');
});

test('a region that is ready but lets nobody in is left after several tries', async () => {
  const room = await settled(client.joinRoom('math-101'), measuring);
  near.refusal = () => 'unavailable (retry-later): Not now.';

  near.sockets[0]!.drop();
  await pass(5_000);

  expect(near.sockets.length).toBeGreaterThan(3);
  expect(room.region).toBe('far');
});

test('a region that swallows connections is left without waiting for the time-out of the try', async () => {
  const room = await settled(client.joinRoom('math-101'), measuring);
  near.ready = false;
  vi.spyOn(near, 'opened').mockImplementation(() => {});

  near.sockets[0]!.drop();
  await pass(5_000);

  expect(room.region).toBe('far');
});

test('a lost connection alone is resumed in the same region', async () => {
  const events = record(await settled(client.joinRoom('math-101'), measuring));

  near.sockets[0]!.drop();
  await pass(measuring);

  expect(events).toEqual([['resumed', 'p1']]);
});

test('where no other region is ready we stay, and resume', async () => {
  const room = await settled(client.joinRoom('math-101'), measuring);
  const events = record(room);
  far.ready = false;
  near.fail();
  await pass(10_000);

  near.heal();
  await pass(5_000);

  expect(events).toEqual([['resumed', 'p1']]);
});

test('a region whose nodes all stop is left before they do', async () => {
  const room = await settled(client.joinRoom('math-101'), measuring);
  const states: unknown[] = [];
  client.on('statechanged', ({ state }) => states.push(state));
  near.ready = false;
  near.refusal = () => 'unavailable (retry-later): Not now.';

  near.push('GoingAway', { deadlineMs: 20_000, spreadMs: 0 });
  await pass(10_000);

  expect(room.region).toBe('far');
  expect(near.sockets[0]!.readyState).toBe(3);
  expect(states).toEqual([]);
});

test('alone, we go back when the nearest region has been well for a minute, and the old connection holds until then', async () => {
  const room = await driveOut();
  const states: unknown[] = [];
  const events = record(room);
  client.on('statechanged', ({ state }) => states.push(state));
  near.heal();
  await pass(minute - 1_000);
  expect(room.region).toBe('far');

  await pass(12_000);

  expect(room.region).toBe('near');
  expect(events).toEqual([['rejoined', 'p1', 'p2']]);
  expect(states).toEqual([]);
  expect(far.sent('Leave')).toEqual([{ room: 'math-101' }]);
  expect(far.rooms.get('math-101')!.members.size).toBe(0);
  expect(far.sockets.at(-1)!.readyState).toBe(3);
});

test('a region that is well only now and then is not gone back to', async () => {
  const room = await driveOut();

  for (let i = 0; i < 20; i++) {
    near.heal();
    await pass(25_000);
    near.ready = false;
    await pass(15_000);
  }

  expect(room.region).toBe('far');
});

test('in company we stay until we are alone', async () => {
  const room = await driveOut();
  const leave = far.addPeer('math-101', { id: 'guest' });
  near.heal();
  await pass(5 * minute);
  expect(room.region).toBe('far');

  leave();
  await pass(minute);

  expect(room.region).toBe('near');
});

test('without rooms the connection there ends, and the next one is to the nearest region', async () => {
  far.addPeer('math-101', { id: 'guest' });
  const room = await driveOut();
  near.heal();
  await room.leave();
  expect(client.state).toBe('connected');

  await pass(2 * minute);
  expect(client.state).toBe('idle');

  expect((await settled(client.joinRoom('math-102'), measuring)).region).toBe('near');
});

test('a connection that is lost in company is resumed where it was, though another region is nearer', async () => {
  far.addPeer('math-101', { id: 'guest' });
  const room = await driveOut();
  const events = record(room);
  near.heal();
  await pass(5 * minute);

  far.sockets.at(-1)!.drop();
  await pass(measuring);

  expect(events).toEqual([['resumed', 'p1']]);
});

test('who may always go back leaves its company there', async () => {
  client = clientOf([far, near], { returnToNearest: 'always' });
  const room = await driveOut();
  far.addPeer('math-101', { id: 'guest' });

  near.heal();
  await pass(2 * minute);

  expect(room.region).toBe('near');
});

test('who may never go back stays', async () => {
  client = clientOf([far, near], { returnToNearest: 'never' });
  const room = await driveOut();

  near.heal();
  await pass(10 * minute);

  expect(room.region).toBe('far');
});

test('a region that looks well but lets nobody in costs no connection', async () => {
  const room = await driveOut();
  const events = record(room);
  near.heal();
  near.refusal = () => 'unavailable (retry-later): Not yet.';
  const before = near.sockets.length;

  await pass(5 * minute);

  expect(near.sockets.length - before).toBeGreaterThan(1);
  expect(near.sockets.length - before).toBeLessThan(6);
  expect(events).toEqual([]);
  expect([client.state, room.region]).toEqual(['connected', 'far']);
});

test('a room that had gone ahead comes back when the new connection fails', async () => {
  const room = await driveOut();
  const other = await settled(client.joinRoom('other'));
  near.heal();
  near.answer = ({ target }) => (target === 'Join' ? 'silence' : undefined);
  await pass(72_000);
  expect([room.region, other.region]).toEqual(['near', 'far']);

  near.fail();
  await pass(5_000);

  expect([room.region, other.region]).toEqual(['far', 'far']);
  await settled(room.sendData('here'));
  expect(client.state).toBe('connected');
});

test('a client that is closed while it measures ends at once', async () => {
  const joining = client.joinRoom('math-101');
  joining.catch(() => {});
  await pass(10);

  await settled(client.close());

  await expect(joining).rejects.toThrow();
  expect(near.sockets).toHaveLength(0);
});
