/** Where a client's connection stands. */
export type ConnectionState =
  /** There is nothing to connect for: no room was joined yet, or the connection ended after the last one was left or refused. */
  | 'idle'
  /** Connecting for the first room, again and again. */
  | 'connecting'
  /** Connected and in a room. */
  | 'connected'
  /** The connection was lost; a new one is on its way. */
  | 'reconnecting'
  /** Closed by the app, for good. */
  | 'closed';

/** A step of the connection; also raised for each failed try, with the time until the next. */
export interface StateChange {
  /** The state now. */
  readonly state: ConnectionState;
  /** The state before; the same when another try failed. */
  readonly previous: ConnectionState;
  /** What went wrong: a SignalingError when the hub said so, else an error of the network or of the token callback. */
  readonly error?: Error;
  /** What happened, for people and logs. */
  readonly reason?: string;
  /** How long until the next try, in milliseconds. */
  readonly retryInMs?: number;
  /** When connected again: whether every room was resumed. `false` when one had to be joined anew (`rejoined`), or could not be yet. */
  readonly resumed?: boolean;
}
