import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ConnectionReport } from '../../src/contracts.js';
import { PerfectNegotiator } from '../../src/negotiation/perfect-negotiator.js';
import type { Room } from '../../src/rooms/room.js';
import type { SignalingClient } from '../../src/signaling-client.js';
import { pass, settled, useFakeClock } from '../support/clock.js';
import { FakeHub } from '../support/fake-hub.js';
import { FakePeerConnection } from '../support/fake-peer-connection.js';

let hub: FakeHub;
let client: SignalingClient;

beforeEach(() => {
  useFakeClock();
  hub = new FakeHub();
  client = hub.client({ reconnectDelay: () => 10 });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const join = () => settled(client.joinRoom('math-101'));

function serversThatExpire(name: string, expiresInSeconds = 600) {
  return { servers: [{ urls: ['turn:turn.example.com'], username: name, credential: 'x' }], expiresInSeconds };
}

const host = 'candidate:1 1 udp 2122260223 192.168.1.7 50000 typ host generation 0';
const relay = 'candidate:2 1 udp 41885439 203.0.113.9 61000 typ relay raddr 0.0.0.0 rport 9';
const sdpOf = (...candidates: string[]) => ['v=0', 'a=ice-ufrag:u1', ...candidates.map((line) => `a=${line}`), ''].join('\r\n');

/** A call with the only other one there. */
function call(room: Room, pc = new FakePeerConnection()): [PerfectNegotiator, FakePeerConnection] {
  const [peer] = [...room.peers.values()];
  return [new PerfectNegotiator(peer!, pc as unknown as RTCPeerConnection), pc];
}

test('servers are fetched anew before their credentials expire, again and again, and given to the calls and the app', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  hub.ice = serversThatExpire('first');
  hub.freshIce = serversThatExpire('second', 300);
  hub.addPeer('math-101', { id: 'b' });
  const room = await join();
  const told: RTCIceServer[][] = [];
  room.on('iceserverschanged', ({ iceServers }) => told.push(iceServers));
  const [, pc] = call(room);
  await pass(479_000);
  expect(hub.sent('GetIceServers')).toEqual([]);

  await pass(1_000);
  expect(hub.sent('GetIceServers')).toEqual([{ room: 'math-101' }]);
  expect(room.iceServers[0]?.username).toBe('second');
  expect(pc.configuration.iceServers?.[0]?.username).toBe('second');
  expect(told).toEqual([hub.freshIce.servers]);

  await pass(240_000);
  expect(hub.sent('GetIceServers')).toHaveLength(2);
});

test('when each client fetches is spread', async () => {
  const at = async (random: number) => {
    vi.spyOn(Math, 'random').mockReturnValue(random);
    const hub = new FakeHub();
    hub.ice = serversThatExpire('first');
    await settled(hub.client().joinRoom('math-101'));
    await pass(455_000);
    return hub.sent('GetIceServers').length;
  };

  expect([await at(0), await at(0.99)]).toEqual([1, 0]);
});

test('servers that a resume brings count from then on', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  hub.ice = serversThatExpire('first');
  hub.addPeer('math-101', { id: 'b' });
  const room = await join();
  const [, pc] = call(room);
  await pass(400_000);
  hub.ice = serversThatExpire('second');
  hub.sockets[0]!.drop();
  await pass(100);

  expect(pc.configuration.iceServers?.[0]?.username).toBe('second');
  await pass(470_000);
  expect(hub.sent('GetIceServers')).toEqual([]);
  await pass(10_000);
  expect(hub.sent('GetIceServers')).toHaveLength(1);
});

test('servers that do not expire are not fetched, nor are those of a room that was left', async () => {
  const room = await join();
  await pass(86_400_000);
  hub.ice = serversThatExpire('first');
  const other = await settled(client.joinRoom('other'));
  await settled(other.leave());
  await settled(room.leave());
  await pass(86_400_000);

  expect(hub.sent('GetIceServers')).toEqual([]);
});

test('a hub that refuses is asked more and more seldom', async () => {
  hub.ice = serversThatExpire('first', 10);
  hub.answer = ({ target }) => (target === 'GetIceServers' ? 'not-allowed (give-up): No.' : undefined);
  await join();
  await pass(3_600_000);

  expect(hub.sent('GetIceServers').length).toBeGreaterThan(3);
  expect(hub.sent('GetIceServers').length).toBeLessThan(15);
});

test('in a relay-only room no other candidate gets out or in', async () => {
  hub.iceTransportPolicy = 'relay';
  hub.addPeer('math-101', { id: 'b' });
  const room = await join();
  const [peer] = [...room.peers.values()];
  const received: unknown[] = [];
  peer!.on('description', ({ sdp }) => received.push(sdp));
  peer!.on('candidates', (candidates) => received.push(candidates.map(({ candidate }) => candidate)));

  void peer!.sendOffer(sdpOf(host, relay));
  void peer!.sendCandidates([{ candidate: host }]);
  void peer!.sendCandidates([{ candidate: host }, { candidate: relay }]);
  const from = { room: 'math-101', from: 'b' };
  hub.push('Signal', { ...from, description: { type: 'answer', sdp: sdpOf(host, relay) } });
  hub.push('Signal', { ...from, candidates: [{ candidate: host }] });
  hub.push('Signal', { ...from, candidates: [{ candidate: host }, { candidate: relay }, { candidate: '' }] });
  await pass();

  expect(room.iceTransportPolicy).toBe('relay');
  expect(hub.sent('Send').map(({ description, candidates }) => description ?? candidates)).toEqual([
    { type: 'offer', sdp: sdpOf(relay) },
    [{ candidate: relay }],
  ]);
  expect(received).toEqual([sdpOf(relay), [relay, '']]);
});

test('in any other room every candidate gets out and in', async () => {
  hub.addPeer('math-101', { id: 'b' });
  const room = await join();
  const [peer] = [...room.peers.values()];
  const received: unknown[] = [];
  peer!.on('candidates', (candidates) => received.push(candidates));
  void peer!.sendOffer(sdpOf(host));
  hub.push('Signal', { room: 'math-101', from: 'b', candidates: [{ candidate: host }] });
  await pass();

  expect(room.iceTransportPolicy).toBe('all');
  expect(hub.sent('Send')[0].description.sdp).toBe(sdpOf(host));
  expect(received).toEqual([[{ candidate: host }]]);
});

test('a change of the network restarts the calls', async () => {
  hub.addPeer('math-101', { id: 'b' });
  const [, pc] = call(await join());
  pc.become('connected');
  client.notifyNetworkChanged();

  expect(pc.restarts).toBe(1);
});

test('a call whose path was cut together with the connection to the hub is restarted once that is back', async () => {
  hub.addPeer('math-101', { id: 'b' });
  const [, pc] = call(await join());
  pc.become('connected');
  hub.sockets[0]!.drop();
  pc.become('disconnected');
  expect(pc.restarts).toBe(0);
  await pass(100);

  expect(pc.restarts).toBe(1);
});

test('what came of a call is told before we leave', async () => {
  hub.addPeer('math-101', { id: 'b' });
  const room = await join();
  const [negotiator, pc] = call(room);
  pc.need();
  await pass(100);
  await settled(room.leave());
  negotiator.close();
  await pass(60_000);

  const sent = hub.invocations.map(({ target }) => target).filter((target) => target !== 'Ping' && target !== 'Send');
  expect(sent).toEqual(['ReportConnection', 'Leave']);
  expect(hub.sent('ReportConnection')).toMatchObject([{ room: 'math-101', peerId: 'b', outcome: 'abandoned', offerMs: 0, restarts: 0 }]);
});

const report: Omit<ConnectionReport, 'room'> = { peerId: 'b', outcome: 'connected', restarts: 0 };

test('an app without a negotiator reports by itself, and hears what the hub thinks of it', async () => {
  const room = await join();
  await settled(room.reportConnection(report));
  expect(hub.sent('ReportConnection')).toEqual([{ ...report, room: 'math-101' }]);

  hub.answer = ({ target }) => (target === 'ReportConnection' ? 'invalid-report (give-up): Too slow.' : undefined);
  await expect(settled(room.reportConnection(report))).rejects.toMatchObject({ code: 'invalid-report' });
});

test('a hub that does not know reports is not asked again; one that refuses one is', async () => {
  hub.answer = ({ target }) => (target === 'ReportConnection' ? 'invalid-report (give-up): Too slow.' : undefined);
  const room = await join();
  const tell = async () => {
    room.calls.report({ ...report, room: 'math-101' }, false);
    await pass();
    return hub.sent('ReportConnection').length;
  };
  expect([await tell(), await tell()]).toEqual([1, 2]);

  hub.answer = ({ target }) => (target === 'ReportConnection' ? 'unknown-method (give-up): The hub has no method of this name.' : undefined);

  expect([await tell(), await tell(), await tell()]).toEqual([3, 3, 3]);
});

test('a report that the hub cannot take now is tried three times', async () => {
  hub.answer = ({ target }) => (target === 'ReportConnection' ? 'unavailable (retry-later, 50 ms): Not now.' : undefined);
  const room = await join();
  room.calls.report({ ...report, room: 'math-101' }, false);
  await pass(60_000);

  expect(hub.sent('ReportConnection')).toHaveLength(3);
});
