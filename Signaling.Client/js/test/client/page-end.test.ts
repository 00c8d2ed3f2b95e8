import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SignalingClient } from '../../src/signaling-client.js';
import { pass, settled, useFakeClock } from '../support/clock.js';
import { FakeHub } from '../support/fake-hub.js';

let hub: FakeHub;
let client: SignalingClient;
let page: EventTarget;

beforeEach(async () => {
  useFakeClock();
  page = new EventTarget();
  vi.stubGlobal('window', page);
  hub = new FakeHub();
  client = hub.client();
  await settled(client.joinRoom('one'));
  await settled(client.joinRoom('two'));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const hide = (persisted: boolean) => page.dispatchEvent(Object.assign(new Event('pagehide'), { persisted }));

test('a page that ends leaves every room, so that nobody waits for it', async () => {
  hide(false);
  await pass();

  expect(hub.sent('Leave')).toEqual([{ room: 'one' }, { room: 'two' }]);
});

test('a page that the browser keeps stays in its rooms', async () => {
  hide(true);
  await pass();

  expect(hub.sent('Leave')).toEqual([]);
});

test('a client that was closed no longer listens to the page', async () => {
  await settled(client.close());
  hub.invocations.length = 0;

  hide(false);
  await pass();

  expect(hub.invocations).toEqual([]);
});
