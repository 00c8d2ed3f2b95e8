import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { IceRestarter } from '../../src/negotiation/ice-restarter.js';
import { pass, useFakeClock } from '../support/clock.js';

const restart = vi.fn<(again: boolean) => void>();
const gaveUp = vi.fn<() => void>();
let restarter: IceRestarter;

beforeEach(() => {
  useFakeClock();
  // Full jitter at its most.
  vi.spyOn(Math, 'random').mockReturnValue(1);
  restarter = impolite();
});
afterEach(() => {
  restarter.stop();
  vi.clearAllMocks();
  vi.mocked(Math.random).mockRestore();
  vi.useRealTimers();
});

function impolite(): IceRestarter {
  return new IceRestarter({ restart, gaveUp }, false);
}

test('a failed connection is restarted at once, then after growing delays, and after eight in vain given up', async () => {
  restarter.changed('failed');
  expect(restart).toHaveBeenCalledTimes(1);

  for (const [delay, total] of [[5_500, 2], [6_000, 3], [7_000, 4], [9_000, 5], [13_000, 6], [21_000, 7], [35_000, 8]] as const) {
    await pass(delay - 1);
    expect(restart).toHaveBeenCalledTimes(total - 1);
    await pass(1);
    expect(restart).toHaveBeenCalledTimes(total);
  }

  expect(gaveUp).not.toHaveBeenCalled();
  await pass(600_000);
  expect(gaveUp).toHaveBeenCalledTimes(1);
  expect(restart).toHaveBeenCalledTimes(8);
});

test('the first restart in a row is told from those that follow one in vain', async () => {
  restarter.changed('failed');
  await pass(5_500);

  expect(restart.mock.calls).toEqual([[false], [true]]);
});

test('a restart ends the row when the connection holds; the next loss begins anew', async () => {
  restarter.changed('failed');
  await pass(5_500);
  restarter.changed('connected');
  await pass(120_000);
  expect(restart).toHaveBeenCalledTimes(2);

  restarter.changed('failed');

  expect(restart.mock.calls.at(-1)).toEqual([false]);
});

test('a connection that tries and fails again keeps to the delays', async () => {
  restarter.changed('failed');
  restarter.changed('connecting');
  restarter.changed('failed');
  expect(restart).toHaveBeenCalledTimes(1);
});

test('a path that comes back by itself within 3 s needs no restart, a longer loss does', async () => {
  restarter.changed('disconnected');
  await pass(2_999);
  restarter.changed('connected');
  await pass(60_000);
  expect(restart).not.toHaveBeenCalled();

  restarter.changed('disconnected');
  await pass(3_000);

  expect(restart).toHaveBeenCalledTimes(1);
});

test('a failure cuts the wait for a lost path short', async () => {
  restarter.changed('disconnected');
  await pass(100);
  restarter.changed('failed');

  expect(restart).toHaveBeenCalledTimes(1);
});

test('the polite side lets the other go first, and follows when nothing has come of it', async () => {
  restarter = new IceRestarter({ restart, gaveUp }, true);
  restarter.changed('failed');
  await pass(2_499);
  expect(restart).not.toHaveBeenCalled();

  await pass(1);

  expect(restart).toHaveBeenCalledTimes(1);
});

test('a restart of the other side gets its time', async () => {
  restarter = new IceRestarter({ restart, gaveUp }, true);
  restarter.changed('failed');
  await pass(1_000);
  restarter.otherRestarted();
  await pass(5_499);
  expect(restart).not.toHaveBeenCalled();

  await pass(1);

  expect(restart.mock.calls).toEqual([[true]]);
});

test('a restart of the other side of a connection that holds sets nothing off', async () => {
  restarter.changed('connected');
  restarter.otherRestarted();
  await pass(60_000);

  expect(restart).not.toHaveBeenCalled();
});

test('a change of the network restarts at once, on the polite side too, once for a burst of changes', async () => {
  restarter = new IceRestarter({ restart, gaveUp }, true);
  restarter.changed('connected');
  restarter.networkChanged();
  expect(restart).toHaveBeenCalledTimes(1);

  restarter.networkChanged();
  restarter.networkChanged();
  await pass(999);
  expect(restart).toHaveBeenCalledTimes(1);
  await pass(1);
  expect(restart).toHaveBeenCalledTimes(2);

  await pass(60_000);
  expect(restart).toHaveBeenCalledTimes(2);
});

test('a change of the network is nothing to a connection that has not begun', async () => {
  restarter.networkChanged();
  await pass(60_000);

  expect(restart).not.toHaveBeenCalled();
});

test('a path that is lost soon after the connection to the hub was cut is restarted without a wait', async () => {
  restarter.changed('connected');
  restarter.resumed();
  await pass(15_000);
  restarter.changed('disconnected');
  expect(restart).toHaveBeenCalledTimes(1);

  restarter.changed('connected');
  restarter.changed('disconnected');
  expect(restart).toHaveBeenCalledTimes(1);
});

test('a path that is lost long after that gets its wait', async () => {
  restarter.changed('connected');
  restarter.resumed();
  await pass(20_001);
  restarter.changed('disconnected');

  expect(restart).not.toHaveBeenCalled();
});

test('after it was given up, a change of the network or the return of a peer begins anew', async () => {
  restarter.changed('failed');
  await pass(600_000);
  restarter.peerReturned();
  expect(restart).toHaveBeenCalledTimes(9);
  await pass(600_000);
  restarter.networkChanged();

  expect(restart).toHaveBeenCalledTimes(17);
});

test('what was asked for while the connection is closed is not done', async () => {
  restarter.changed('closed');
  restarter.now();
  await pass(60_000);

  expect(restart).not.toHaveBeenCalled();
});
