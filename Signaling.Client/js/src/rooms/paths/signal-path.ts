import type { Deferred } from '../../async.js';
import type { Signal } from '../../contracts.js';
import type { Payload } from './payload.js';

/** The way to the hub for the signals of one room. */
export interface SignalPort {
  /** Whether we are a peer of the room now. */
  readonly joined: boolean;

  /** Resolves when the hub has accepted the signal. */
  send(signal: Omit<Signal, 'room'>): Promise<void>;

  /** Sends without asking for an answer. */
  post(signal: Omit<Signal, 'room'>): void;

  /** The delay before a repetition, in milliseconds. */
  retryDelay(attempt: number): number;
}

/** A signal that the hub has not accepted. */
export interface Unsent {
  readonly payload: Payload;
  readonly accepted: Deferred;
}

/** The way of signals between us and one other peer, in both directions. */
export interface SignalPath {
  /** Resolves when the hub has accepted the signal. */
  send(payload: Payload): Promise<void>;

  /** Takes in a signal of the other peer. */
  receive(signal: Signal): void;

  /** The connection is back, or the peer's: what waits goes out, and what is in flight again, at once. */
  resume(): void;

  /** The way ends; what is not accepted fails with the error. Returns app data that was never sent, for a new way to adopt. */
  end(error: Error): Unsent[];

  /** Sends what a former way did not. */
  adopt(unsent: Unsent[]): void;
}
