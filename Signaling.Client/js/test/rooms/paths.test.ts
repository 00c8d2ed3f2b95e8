import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SignalingError } from '../../src/errors.js';
import { PlainPath } from '../../src/rooms/paths/plain-path.js';
import { ReliablePath } from '../../src/rooms/paths/reliable-path.js';
import { pass, settled, useFakeClock } from '../support/clock.js';
import { FakePort } from '../support/fake-port.js';

let port: FakePort;

beforeEach(() => {
  useFakeClock();
  port = new FakePort();
});
afterEach(() => void vi.useRealTimers());

const unreachable = (retryAfterMs?: number) =>
  new SignalingError('peer-unreachable', 'Later.', retryAfterMs === undefined ? {} : { retryAfterMs });

const data = () => port.sends.map(({ signal }) => signal.data);

test('what a plain peer could not be given goes out in the order of the app, also when it fails in between', async () => {
  const path = new PlainPath('b', port, () => {});
  const sends = [1, 2].map((i) => path.send({ data: i }));
  port.sends[0]!.answer.reject(unreachable());
  await pass();
  sends.push(path.send({ data: 3 }));
  port.sends[1]!.answer.reject(unreachable());

  await pass(500);
  for (const { answer } of port.sends) answer.resolve();
  await settled(Promise.all(sends));

  expect(data()).toEqual([1, 2, 1, 2, 3]);
});

test('what the hub does not know us for goes to a plain peer again once we are back, and not before', async () => {
  const path = new PlainPath('b', port, () => {});
  const send = path.send({ data: 1 });
  port.joined = false;
  port.sends[0]!.answer.reject(new SignalingError('not-in-room', 'You are not in it.'));
  await pass(10_000);
  expect(data()).toEqual([1]);

  port.joined = true;
  path.resume();
  port.sends[1]!.answer.resolve();
  await settled(send);

  expect(data()).toEqual([1, 1]);
});

test.each([
  ['plain', PlainPath],
  ['reliable', ReliablePath],
])('that a %s peer could not be reached before it came back holds nothing up', async (_, Path) => {
  const path = new Path('b', port, () => {});
  const send = path.send({ data: 1 });
  path.resume();

  port.sends[0]!.answer.reject(unreachable(5_000));
  await pass();
  port.sends[1]!.answer.resolve();
  await settled(send);
  void path.send({ data: 2 });

  expect(data()).toEqual([1, 1, 2]);
});

test('an acknowledgement of what was never sent completes nothing', async () => {
  const path = new ReliablePath('b', port, () => {});
  let done = false;
  void path.send({ data: 1 }).then(() => (done = true));

  path.receive({ room: 'math-101', ack: 7 });
  await pass();
  expect(done).toBe(false);

  path.receive({ room: 'math-101', ack: 1 });
  await pass();
  expect(done).toBe(true);
});

test('that the hub took a copy for the whole room says nothing of a peer that cannot be reached: the time between tries still grows', async () => {
  const path = new ReliablePath('b', port, () => {});
  void path.send({ data: 1 });
  port.sends[0]!.answer.reject(unreachable());
  await pass(499);
  path.reserve({ data: 2 }).sent();
  await pass(1);
  const tries = port.sends.length;
  for (const { answer } of port.sends) answer.reject(unreachable());

  await pass(999);
  expect(port.sends).toHaveLength(tries);
  await pass(1);

  expect(port.sends.length).toBeGreaterThan(tries);
});
