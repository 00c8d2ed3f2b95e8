import { SignalingError } from '../errors.js';

/** The longest delay between two tries, in milliseconds. */
const longest = 30_000;

/** The longest while the hub can still take us back as the peers that we were: whoever waits too long has to rejoin. */
const longestBeforeResume = 5_000;

/** Full jitter: a random delay in milliseconds between 0 and min(0.5 s · 2ⁿ, 30 s), or 5 s before a resume, n counting the tries from 0. */
export function fullJitter(attempt: number, resumes = false): number {
  return Math.random() * Math.min(500 * 2 ** attempt, resumes ? longestBeforeResume : longest);
}

/** The delay, or the longer one that the error asks for. */
export function atLeast(error: Error | undefined, delay: number): number {
  return Math.max(error instanceof SignalingError ? (error.retryAfterMs ?? 0) : 0, delay);
}
