import { delay } from '../async.js';
import { atLeast } from '../connection/backoff.js';
import type { HubLink } from '../connection/hub-link.js';
import type { GoingAway } from '../contracts.js';
import { toError } from '../errors.js';
import type { Entry } from './entry.js';
import type { Room } from './room.js';

/** What a move asks of its client. */
export interface MoveHost {
  readonly rooms: ReadonlyMap<string, Room>;

  newEntry(): Entry;

  /** Every room lives on the new link. */
  adopt(entry: Entry): void;

  /** A try failed: what that means for the rooms, and whether to try again at once. */
  failed(entry: Entry, error: Error): boolean;

  /** Whether a connection is still wanted. */
  wanted(): boolean;

  /** The delay before the next try, in milliseconds. */
  reconnectDelay(attempt: number): number;
}

/**
 * Takes the rooms to another link while the old one still serves: from a node that is about to stop (PROTOCOL.md, "Going away"), or to a better
 * region.
 */
export class Move {
  readonly #old: HubLink;
  readonly #host: MoveHost;
  #next: Entry | undefined;
  #begun = false;

  constructor(old: HubLink, host: MoveHost) {
    this.#old = old;
    this.#host = host;
  }

  /** The way in over the new link, while one is open. */
  get next(): Entry | undefined {
    return this.#next;
  }

  /** Whether a try was made: the hub may have given our peers to another link than the old one. */
  get begun(): boolean {
    return this.#begun;
  }

  /** Tries until it succeeds or the old link ends, which has its own way to a new one. */
  async run({ spreadMs }: GoingAway): Promise<void> {
    const { ended } = this.#old;
    await delay(Math.random() * spreadMs, ended);
    for (let attempt = 0; !ended.aborted && this.#host.wanted(); attempt++) {
      this.#begun = true;
      const entry = (this.#next = this.#host.newEntry());
      const error = await this.#try(entry);
      if (!error) return;
      if (!this.#host.failed(entry, error)) await delay(atLeast(error, this.#host.reconnectDelay(attempt)), ended);
    }
  }

  /** Tries once; where that fails, the rooms stay. Resolves with what went wrong, if anything did. */
  async once(): Promise<Error | undefined> {
    return this.#try((this.#next = this.#host.newEntry()));
  }

  async #try(entry: Entry): Promise<Error | undefined> {
    try {
      await entry.open();
      entry.check();
      await entry.completed();
      this.#end(entry);
    } catch (thrown) {
      if (this.#next !== entry) return undefined;
      this.#next = undefined;
      void entry.link.stop();
      for (const room of this.#host.rooms.values()) if (room.link === entry.link) room.lost();
      return toError(thrown);
    }

    return undefined;
  }

  /** The old link has ended before all had moved. The new one, when it serves, is for the rest too; else it is of no use. */
  cut(): void {
    const entry = this.#next;
    if (entry?.served && entry.started) return this.#end(entry);
    this.#next = undefined;
    void entry?.link.stop();
  }

  #end(entry: Entry): void {
    if (this.#next !== entry) return;
    this.#next = undefined;
    this.#host.adopt(entry);
  }
}
