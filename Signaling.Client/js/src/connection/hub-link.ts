import type { HubConnection } from '@microsoft/signalr';
import { abortable, delay } from '../async.js';
import type { ISignalingClient, ISignalingHub } from '../contracts.js';
import { ConnectionLostError, toError } from '../errors.js';

type Argument<Method> = Method extends (argument: infer A) => unknown ? A : never;
type Result<Method> = Method extends (argument: never) => Promise<infer R> ? R : never;

/** How long a link that is no longer needed waits for answers, in milliseconds. */
const retirement = 2_000;

/** Handlers of every message of the hub. */
export type ClientHandlers = { [Method in keyof ISignalingClient]: (argument: Argument<ISignalingClient[Method]>) => void };

/** One connection to the hub, typed by the contracts. It lives once; a new try is a new link. */
export class HubLink {
  readonly #connection: HubConnection;
  readonly #ended = new AbortController();
  readonly #unanswered = new Set<Promise<unknown>>();
  #started = false;

  /** When it is over, the reason: an error of the hub, of the network, or `undefined` after {@link stop}. */
  readonly closed: Promise<Error | undefined>;

  constructor(connection: HubConnection, handlers: ClientHandlers) {
    this.#connection = connection;
    for (const [method, handler] of Object.entries(handlers)) connection.on(method, handler);
    this.closed = new Promise((resolve) =>
      connection.onclose((error) => {
        this.#ended.abort();
        resolve(error && toError(error));
      }),
    );
  }

  /** Aborts when the connection is over. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** Connects and shakes hands. Rejects with the typed error when the hub gave one. */
  async start(): Promise<void> {
    try {
      // A socket that is connecting can't be stopped: SignalR closes it when it opens, which nobody should have to wait for.
      await abortable(this.#connection.start(), this.#ended.signal);
      this.#started = true;
    } catch (error) {
      this.#ended.abort();
      throw toError(error);
    }
  }

  /** Calls the hub. Rejects with a SignalingError that the hub answered, or with ConnectionLostError when it did not answer. */
  async invoke<Method extends keyof ISignalingHub>(
    method: Method,
    argument: Argument<ISignalingHub[Method]>,
  ): Promise<Result<ISignalingHub[Method]>> {
    const answer = this.#connection.invoke(method, argument);
    this.#unanswered.add(answer);
    try {
      return await answer;
    } catch (error) {
      if (this.#ended.signal.aborted) throw new ConnectionLostError(error);
      throw toError(error);
    } finally {
      this.#unanswered.delete(answer);
    }
  }

  /** Calls the hub without asking for an answer. */
  post<Method extends keyof ISignalingHub>(method: Method, argument: Argument<ISignalingHub[Method]>): void {
    // It fails when the connection is over, which its owner learns from `closed`.
    this.#connection.send(method, argument).catch(() => {});
  }

  /** Stops once the hub has answered what it was asked. */
  async retire(): Promise<void> {
    await Promise.race([Promise.allSettled(this.#unanswered), delay(retirement, this.#ended.signal)]);
    await this.stop();
  }

  async stop(): Promise<void> {
    this.#ended.abort(new ConnectionLostError());
    const stopped = this.#connection.stop();
    if (this.#started) await stopped;
  }
}
