import { delay } from '../async.js';
import { toError } from '../errors.js';
import { atLeast } from './backoff.js';
import type { HubLink } from './hub-link.js';

/** What the keeper asks of its owner. */
export interface KeeperHost {
  /** Opens one link and resolves when it serves. Rejects when the hub or the network refuses. */
  connect(): Promise<HubLink>;

  /** The link that serves in place of one that has ended. */
  successor(ended: HubLink): HubLink | undefined;

  /** A try failed or a link ended: what that means for the rooms. Whether to try again at once. */
  failed(error: Error | undefined): boolean;

  /** Whether a connection is still wanted. */
  wanted(): boolean;

  /** No link serves; the next try comes after this time. */
  down(error: Error | undefined, retryInMs: number): void;

  /** A connection is no longer wanted. */
  rested(): void;

  /** The delay before a try, in milliseconds; the tries since the connection last held count from 0. */
  reconnectDelay(attempt: number): number;
}

/** Keeps one link to the hub open for as long as it is wanted; never gives up by itself. */
export class ConnectionKeeper {
  readonly #host: KeeperHost;
  #pause = new AbortController();
  #running: Promise<void> | undefined;

  constructor(host: KeeperHost) {
    this.#host = host;
  }

  /** Starts connecting, unless it does so already, and goes on until a connection is no longer wanted. */
  run(): void {
    this.#running ??= this.#loop();
  }

  /** Resolves when it rests. */
  get rest(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  /** Tries again now rather than after the delay; also makes it notice that a connection is no longer wanted. */
  wake(): void {
    this.#pause.abort();
  }

  async #loop(): Promise<void> {
    for (let attempt = 0; this.#host.wanted(); attempt++) {
      let error: Error | undefined;
      try {
        let link: HubLink | undefined = await this.#host.connect();
        attempt = 0;
        for (; link; link = this.#host.successor(link)) error = await link.closed;
      } catch (thrown) {
        error = toError(thrown);
      }

      const atOnce = this.#host.failed(error);
      if (!this.#host.wanted()) break;
      const pause = atOnce ? 0 : atLeast(error, this.#host.reconnectDelay(attempt));
      this.#pause = new AbortController();
      this.#host.down(error, pause);
      if (pause > 0) await delay(pause, this.#pause.signal);
    }

    // In the same step as the check, so that a run() right behind it starts anew.
    this.#running = undefined;
    this.#host.rested();
  }
}
