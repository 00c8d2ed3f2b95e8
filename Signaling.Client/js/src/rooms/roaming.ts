import type { RegionInfo } from '../contracts.js';
import { RegionGuide, type RegionOptions } from '../regions/guide.js';
import { Outage } from '../regions/outage.js';
import { type Region, infoOf } from '../regions/region.js';
import type { Entry } from './entry.js';

/** The region before and the region now. */
export interface RegionChange {
  readonly previous?: RegionInfo;
  readonly region: RegionInfo;
}

/** What roaming asks of its client. */
export interface RoamingHost {
  /** Whether a connection is still wanted. */
  wanted(): boolean;

  /** Another region is to be tried now. */
  retry(): void;

  /** Whether nobody else is in any room. */
  alone(): boolean;

  /** Takes all rooms to another region, while the entry's link serves. Resolves with what went wrong, or whether we live there now. */
  moveTo(region: Region, from: Entry): Promise<Error | boolean>;

  changed(change: RegionChange): void;

  stays(region: Region, error: Error): void;
}

/** From region to region: the nearest at first, another when that fails, and back. */
export class Roaming {
  readonly #guide: RegionGuide;
  readonly #outage: Outage;
  readonly #host: RoamingHost;
  readonly #mayMove: () => boolean;
  #choosing: AbortController | undefined;
  #settled: Entry | undefined;
  #region: RegionInfo | undefined;

  constructor(at: string | readonly RegionInfo[], options: RegionOptions, host: RoamingHost) {
    this.#guide = new RegionGuide(at, options);
    this.#outage = new Outage(this.#guide, () => host.retry());
    this.#host = host;
    this.#mayMove = () => options.returnToNearest === 'always' || host.alone();
  }

  /** The region in which we live, or did last. */
  get region(): RegionInfo | undefined {
    return this.#region;
  }

  /** Where to connect. */
  get target(): Region {
    return this.#guide.target;
  }

  /** Whether there may be more than one region. */
  get hasChoice(): boolean {
    return this.#guide.hasChoice;
  }

  /** Chooses the region of the first connection: who is in a room comes back to it where it is. Rejects when none is wanted any more. */
  async choose(): Promise<void> {
    this.#choosing = new AbortController();
    await this.#guide.choose(this.#choosing.signal);
    if (!this.#host.wanted()) throw new Error('Nobody wants to connect any more.');
  }

  /** There is nothing to choose for. */
  cancel(): void {
    this.#choosing?.abort();
  }

  /** There is no connection, or none that will last. */
  lost(): void {
    this.#outage.begin();
  }

  /** There is one, or none is wanted. */
  found(): void {
    this.#outage.end();
  }

  /** A try to connect has failed. */
  failed(): void {
    this.#guide.failed();
  }

  /** We live in the region of this entry now. */
  settle(entry: Entry): void {
    const { region, regionName } = entry;
    if (this.#settled === entry || regionName === undefined) return;
    this.#settled = entry;
    this.#guide.connected(region, regionName);
    if (this.hasChoice) void this.#returnFrom(entry, regionName);
    const previous = this.#region;
    this.#region = infoOf(region, regionName);
    if (previous?.url === this.#region.url && previous.name === regionName) return;
    this.#host.changed({ ...(previous && { previous }), region: this.#region });
  }

  /** Goes to a better region as soon as there is one and nobody is hurt by it. */
  async #returnFrom(entry: Entry, name: string): Promise<void> {
    const over = entry.leaving.signal;
    for (let better; (better = await this.#guide.better(entry.region, name, this.#mayMove, over)); this.#guide.doubt()) {
      const outcome = await this.#host.moveTo(better, entry);
      if (outcome === true || over.aborted) return;
      if (outcome) this.#host.stays(better, outcome);
    }
  }
}
