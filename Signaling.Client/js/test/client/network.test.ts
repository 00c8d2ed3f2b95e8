import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PerfectNegotiator } from '../../src/negotiation/perfect-negotiator.js';
import type { SignalingClient } from '../../src/signaling-client.js';
import { pass, settled, useFakeClock } from '../support/clock.js';
import { FakeHub } from '../support/fake-hub.js';
import { FakePeerConnection } from '../support/fake-peer-connection.js';

let hub: FakeHub;
let client: SignalingClient;
let window: EventTarget;
let document: EventTarget & { visibilityState?: string };
let connection: EventTarget & { type?: string };
let pc: FakePeerConnection;

beforeEach(async () => {
  useFakeClock();
  [window, document, connection] = [new EventTarget(), new EventTarget(), Object.assign(new EventTarget(), { type: 'wifi' })];
  vi.stubGlobal('window', window);
  vi.stubGlobal('document', document);
  vi.stubGlobal('navigator', { connection });
  hub = new FakeHub();
  hub.addPeer('math-101', { id: 'b' });
  client = hub.client();
  const room = await settled(client.joinRoom('math-101'));
  pc = new FakePeerConnection();
  new PerfectNegotiator([...room.peers.values()][0]!, pc as unknown as RTCPeerConnection);
  pc.become('connected');
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const pings = async () => (await pass(), hub.sent('Ping').length);

test('back online, the connection to the hub is probed and calls restart ICE', async () => {
  window.dispatchEvent(new Event('online'));

  expect(await pings()).toBe(2);
  expect(pc.restarts).toBe(1);
});

test('so it is on another kind of network; a new estimate of the same one is nothing', async () => {
  connection.dispatchEvent(new Event('change'));
  expect([await pings(), pc.restarts]).toEqual([1, 0]);

  connection.type = 'cellular';
  connection.dispatchEvent(new Event('change'));

  expect([await pings(), pc.restarts]).toEqual([2, 1]);
});

test('without a network there is nothing to restart', async () => {
  connection.type = 'none';
  connection.dispatchEvent(new Event('change'));

  expect([await pings(), pc.restarts]).toEqual([1, 0]);
});

test('a page that comes to the front probes the connection to the hub; its calls go on', async () => {
  document.visibilityState = 'visible';
  document.dispatchEvent(new Event('visibilitychange'));

  expect([await pings(), pc.restarts]).toEqual([2, 0]);
});

test('a closed client no longer listens', async () => {
  await settled(client.close());
  window.dispatchEvent(new Event('online'));
  connection.type = 'cellular';
  connection.dispatchEvent(new Event('change'));

  expect(pc.restarts).toBe(0);
});
