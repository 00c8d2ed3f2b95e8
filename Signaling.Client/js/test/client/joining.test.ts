import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SignalingError } from '../../src/errors.js';
import { pass, settled, useFakeClock } from '../support/clock.js';
import { FakeHub } from '../support/fake-hub.js';

let hub: FakeHub;

beforeEach(() => {
  useFakeClock();
  hub = new FakeHub();
});
afterEach(() => void vi.useRealTimers());

test('the first room is joined during the connect, without an invocation', async () => {
  const client = hub.client();

  const room = await settled(client.joinRoom('math-101', { name: 'Mina' }));

  expect(Object.fromEntries(new URL(hub.sockets[0]!.url).searchParams)).toEqual({
    room: 'math-101',
    name: 'Mina',
    acks: '1',
    resumable: '1',
    v: '1',
  });
  expect(hub.sent('Join')).toEqual([]);
  expect(client.state).toBe('connected');
  expect(room).toMatchObject({ id: 'math-101', name: 'Mina', peerId: 'p1', region: 'test', iceServers: [{ urls: ['stun:first'] }] });
});

test('first attributes are there when the others see us, so that room is joined by invocation', async () => {
  await settled(hub.client().joinRoom('math-101', { name: 'Mina', attributes: { muted: 'true' } }));

  expect(hub.sent('Join')).toEqual([{ room: 'math-101', name: 'Mina', attributes: { muted: 'true' }, acks: true, resumable: true }]);
});

test('further rooms are joined on the same connection', async () => {
  const client = hub.client();
  await settled(client.joinRoom('one'));

  const two = await settled(client.joinRoom('two'));

  expect(hub.sockets).toHaveLength(1);
  expect(two.peerId).not.toBe('p1');
});

test('rooms that are joined at the same time share the connection', async () => {
  const client = hub.client();

  const rooms = await settled(Promise.all([client.joinRoom('one'), client.joinRoom('two')]));

  expect(hub.sockets).toHaveLength(1);
  expect(rooms.map((room) => room.id)).toEqual(['one', 'two']);
});

test('who was in the room is in peers, without our own entry', async () => {
  hub.addPeer('math-101', { id: 'b', name: 'Bo', user: 'bo', attributes: { hand: 'up' } });

  const room = await settled(hub.client().joinRoom('math-101'));

  expect([...room.peers.keys()]).toEqual(['b']);
  expect(room.peers.get('b')).toMatchObject({ id: 'b', name: 'Bo', user: 'bo', attributes: { hand: 'up' }, wasHereFirst: true });
});

test('a connect that the hub refuses rejects at once with the typed error', async () => {
  hub.refusal = () => 'unauthorized (give-up): The token is not signed by a known key.';
  const client = hub.client();

  const error = await settled(client.joinRoom('math-101')).catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(SignalingError);
  expect(error).toMatchObject({ code: 'unauthorized', action: 'give-up', helpLink: 'PROTOCOL.md#unauthorized' });
  expect(client.state).toBe('idle');
  await pass(60_000);
  expect(hub.sockets).toHaveLength(1);
});

test('a full room rejects at once, whether it is joined during the connect or later', async () => {
  hub.refusal = (url) => (url.searchParams.has('room') ? 'room-full (retry-later): Full.' : undefined);
  hub.answer = ({ target, argument }) => (target === 'Join' && argument.room === 'full' ? 'room-full (retry-later): Full.' : undefined);
  const client = hub.client();

  await expect(settled(client.joinRoom('full'))).rejects.toMatchObject({ code: 'room-full', action: 'retry-later' });
  await settled(client.joinRoom('free', { attributes: { a: 'b' } }));
  await expect(settled(client.joinRoom('full'))).rejects.toMatchObject({ code: 'room-full' });
});

test('a second join of the same room is refused without asking the hub', async () => {
  const client = hub.client();
  await settled(client.joinRoom('math-101'));

  await expect(client.joinRoom('math-101')).rejects.toMatchObject({ code: 'already-joined' });
  expect(hub.sent('Join')).toEqual([]);
});

test('the first connect is tried again until it holds, and each failure is told with the time until the next try', async () => {
  hub.reachable = false;
  const client = hub.client({ reconnectDelay: (attempt) => 1_000 * (attempt + 1) });
  const changes: unknown[] = [];
  client.on('statechanged', ({ previous, state, retryInMs }) => changes.push([previous, state, retryInMs]));
  const joining = client.joinRoom('math-101');
  await pass();
  await pass(1_000);
  hub.reachable = true;

  await settled(joining, 2_000);

  expect(changes).toEqual([
    ['idle', 'connecting', undefined],
    ['connecting', 'connecting', 1_000],
    ['connecting', 'connecting', 2_000],
    ['connecting', 'connected', undefined],
  ]);
});

test('aborting ends the tries to join', async () => {
  hub.reachable = false;
  const client = hub.client({ reconnectDelay: () => 1_000 });
  const abort = new AbortController();
  const joining = client.joinRoom('math-101', { signal: abort.signal });
  await pass(1_500);

  abort.abort(new Error('Changed my mind.'));

  await expect(settled(joining)).rejects.toThrow('Changed my mind.');
  expect(client.state).toBe('idle');
  const tries = hub.sockets.length;
  await pass(60_000);
  expect(hub.sockets).toHaveLength(tries);
});

test('a hub that never welcomes us is left after 15 seconds and tried again', async () => {
  const received = hub.received.bind(hub);
  hub.received = (socket, message) => (hub.sockets.length === 1 ? undefined : received(socket, message));

  await settled(hub.client({ reconnectDelay: () => 100 }).joinRoom('math-101'), 15_100);

  expect(hub.sockets).toHaveLength(2);
});

test('the token is asked for anew with each connect', async () => {
  let tokens = 0;
  const client = hub.client({ accessToken: async () => `token-${++tokens}`, reconnectDelay: () => 100 });
  await settled(client.joinRoom('math-101'));

  hub.sockets[0]!.drop();
  await pass(100);

  expect(hub.sockets.map((socket) => socket.headers['Authorization'])).toEqual(['Bearer token-1', 'Bearer token-2']);
});

test('a token callback that fails for now is asked again', async () => {
  let calls = 0;
  const accessToken = () => (++calls === 1 ? Promise.reject(new Error('The app server is away.')) : Promise.resolve('token'));

  await settled(hub.client({ accessToken, reconnectDelay: () => 100 }).joinRoom('math-101'), 100);

  expect(calls).toBe(2);
});

test('a hub that is busy is given the time it asks for', async () => {
  hub.refusal = () => (hub.sockets.length === 1 ? 'unavailable (retry-later, 5000 ms): Starting.' : undefined);
  const joining = hub.client({ reconnectDelay: () => 0 }).joinRoom('math-101');
  await pass(4_999);
  expect(hub.sockets).toHaveLength(1);

  await settled(joining, 1);
});

test('a relative address and one with a query of its own both work', async () => {
  const { connectUrl } = await import('../../src/connection/connect-url.js');

  expect(connectUrl('/signaling', { id: 'a', name: 'Mina & Bo' })).toBe('/signaling?room=a&name=Mina+%26+Bo&acks=1&resumable=1&v=1');
  expect(connectUrl('/signaling?region=seoul', undefined)).toBe('/signaling?region=seoul&acks=1&resumable=1&v=1');
});
