import { SignalingError } from '../errors.js';

/** The longest delay between two tries, in milliseconds. */
const longest = 30_000;

/** Full jitter: a random delay in milliseconds between 0 and min(0.5 s · 2ⁿ, 30 s), n counting the tries from 0. */
export function fullJitter(attempt: number): number {
  return Math.random() * Math.min(500 * 2 ** attempt, longest);
}

/** The delay, or the longer one that the error asks for. */
export function atLeast(error: Error | undefined, delay: number): number {
  return Math.max(error instanceof SignalingError ? (error.retryAfterMs ?? 0) : 0, delay);
}
