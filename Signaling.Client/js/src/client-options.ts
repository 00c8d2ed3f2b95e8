import type { LinkOptions } from './connection/open-link.js';
import type { StateChange } from './connection/state.js';
import type { RegionOptions } from './regions/guide.js';
import type { RegionChange } from './rooms/roaming.js';
import type { Tracing } from './tracing/tracing.js';

/** Options of a `SignalingClient`. */
export interface SignalingClientOptions extends LinkOptions, RegionOptions {
  /** The delay before a try to connect, in milliseconds; tries since the connection last held count from 0. Default: full jitter up to 30 s. */
  reconnectDelay?: (attempt: number) => number;

  /** Takes part in traces: `openTelemetry()` of `signaling-client/opentelemetry`. Default: no spans. */
  tracing?: Tracing;
}

/** Options of `SignalingClient.joinRoom`. */
export interface JoinOptions {
  /** The display name: at most 64 UTF-16 code units, no control characters. */
  name?: string;

  /**
   * First attributes: at most 16, keys are ids, values at most 256 UTF-16 code units. The others see them from the start, at the price of
   * one round trip: they cannot travel with the connect.
   */
  attributes?: Readonly<Record<string, string>>;

  /** Stops trying to join; `joinRoom` then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** Events of a `SignalingClient`. */
export interface SignalingClientEvents {
  /** The connection made a step, or another try failed. */
  statechanged: StateChange;
  /** We are connected to another region than before; also for the first one, which has none before it. */
  regionchanged: RegionChange;
}
