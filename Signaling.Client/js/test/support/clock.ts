import { vi } from 'vitest';

/** A clock that only the test moves. */
export function useFakeClock(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'] });
}

/** Lets a time in milliseconds pass, and whatever it sets off. Without a time: lets what is due now happen. */
export async function pass(ms = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

/** The promise's value, once what is due now has happened. */
export async function settled<T>(promise: Promise<T>, ms = 0): Promise<T> {
  promise.catch(() => {});
  await pass(ms);
  return promise;
}
