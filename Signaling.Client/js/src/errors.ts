import { type ErrorAction, type ErrorCode, actionOf, errorActions, errorCodes } from './contracts.js';
import { knownOr } from './known.js';

const wire = /(?:^|HubException: )([a-z][a-z0-9-]*) \(([a-z-]+)(?:, (\d+) ms)?\): (.*)$/s;

/** What went wrong and what to do about it (PROTOCOL.md, "Errors"). Act on {@link action}, log {@link code}, never parse the message. */
export class SignalingError extends Error {
  override readonly name = 'SignalingError';

  /** What went wrong; `unknown` for a code of a newer hub. */
  readonly code: ErrorCode;

  /** What to do about it. An `unknown` action means `give-up`. */
  readonly action: ErrorAction;

  /** How long to wait before trying again, in milliseconds. */
  readonly retryAfterMs?: number;

  /** The line of PROTOCOL.md that says what to do about it. */
  readonly helpLink: string;

  constructor(code: ErrorCode, message: string, details: { action?: ErrorAction; retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.action = details.action ?? actionOf[code];
    this.helpLink = code === 'unknown' ? 'PROTOCOL.md#errors' : `PROTOCOL.md#${code}`;
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs;
  }

  /** Finds the error in the text of a SignalR completion or close; `undefined` when it carries none. */
  static parse(text: string): SignalingError | undefined {
    const match = wire.exec(text);
    if (!match) return undefined;
    const [, code = '', action = '', ms, message = ''] = match;
    return new SignalingError(knownOr(errorCodes, code, 'unknown'), message, {
      action: knownOr(errorActions, action, 'unknown'),
      ...(ms === undefined ? {} : { retryAfterMs: Number(ms) }),
    });
  }
}

/** The connection ended before the hub answered: whether it acted on the request is not known. */
export class ConnectionLostError extends SignalingError {
  constructor(cause?: unknown) {
    super('unavailable', 'The connection ended before the hub answered.', { cause });
  }
}

/** What SignalR's client puts in front of the hub's text. */
const signalrPrefix = /^Server returned (?:an error on close|handshake error): /;

/** The typed error in whatever SignalR threw, else that itself. */
export function toError(thrown: unknown): Error {
  if (thrown instanceof SignalingError) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return SignalingError.parse(error.message.replace(signalrPrefix, '')) ?? error;
}
