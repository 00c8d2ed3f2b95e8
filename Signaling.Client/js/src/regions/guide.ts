import { delay, monotonicNow } from '../async.js';
import type { RegionInfo } from '../contracts.js';
import { RegionChoice } from './choice.js';
import { RegionMap } from './map.js';
import { RegionMemory } from './memory.js';
import { RegionProber } from './prober.js';
import { type Region, infoOf } from './region.js';

/** One bad answer may be an accident, as may be two failed tries. */
const mostUnready = 1;
const mostFailures = 2;

const roundsToReturn = 6;
const homeRounds = 30;
const outageRound = 500;

/** How a client uses regions. */
export interface RegionOptions {
  /** Ask the hub at the client's URL which regions the service has, and use the nearest. Needless for a client that is given its regions. */
  discoverRegions?: boolean;

  /**
   * Whether to go back to the nearest region after it had failed: `when-alone`, the default, while no one else is in any of our rooms, and
   * whenever we connect anew after a pause; `always` also during calls, which have to be made anew (`rejoined`); or `never`.
   */
  returnToNearest?: 'when-alone' | 'always' | 'never';

  /** For how long a region has to be ready, and clearly nearer than the one in use, before we go back, in milliseconds. Default: 60,000. */
  returnAfterMs?: number;

  /** @internal */
  fetch?: typeof fetch;
}

/** Says which region to connect to: the nearest at first, the next best when that fails, and the nearest again when it is well. */
export class RegionGuide {
  readonly #map: RegionMap;
  readonly #memory: RegionMemory;
  readonly #prober: RegionProber;
  readonly #choice: RegionChoice;
  readonly #returns: boolean;
  readonly #round: number;
  #target: Region;
  #chosen: boolean;
  #failures = 0;
  #measuredAt: number | undefined;

  constructor(at: string | readonly RegionInfo[], options: RegionOptions) {
    const { discoverRegions = false, returnToNearest = 'when-alone', returnAfterMs = 60_000 } = options;
    this.#memory = new RegionMemory(typeof at === 'string' ? at : (at[0]?.url ?? ''));
    this.#map = new RegionMap(at, discoverRegions, discoverRegions || typeof at !== 'string' ? this.#memory.region : undefined);
    this.#prober = new RegionProber(options.fetch);
    this.#choice = new RegionChoice(returnAfterMs);
    this.#returns = returnToNearest !== 'never';
    this.#round = returnAfterMs / roundsToReturn;
    this.#target = this.#map.first;
    this.#chosen = this.#map.isPreferred;
  }

  /** Whether there may be another region to go to. */
  get hasChoice(): boolean {
    return this.#map.hasChoice;
  }

  /** Where to connect. */
  get target(): Region {
    return this.#target;
  }

  /** Measures the regions before the first connection, unless one is remembered; later only when there was a better one than that in use. */
  async choose(signal: AbortSignal): Promise<void> {
    if (this.#chosen && !this.#choice.hasBetter) return;
    this.#chosen = true;
    await this.#map.discover(this.#prober, this.#target, signal);
    await this.#measure(this.#map.inUse(this.#target), true, signal);
    this.#goTo(this.#choice.nearest() ?? this.#map.inUse(this.#target));
  }

  /** A try to connect has failed. */
  failed(): void {
    this.#failures++;
  }

  /**
   * A connection holds.
   * @param name what the hub calls the region
   */
  connected(region: Region, name: string): void {
    if (!this.hasChoice) return;
    this.#goTo(this.#map.inUse({ ...region, name }));
    if (this.#measuredAt === undefined) this.#memory.keep(infoOf(region, name));
  }

  /** Watches the regions while there is no connection. Resolves with whether {@link target} is another one now; `false` when aborted. */
  async failOver(over: AbortSignal): Promise<boolean> {
    for (let unready = 0; ; ) {
      // All clients of a lost region begin at the same time.
      await delay(outageRound * (0.5 + Math.random()), over);
      if (over.aborted) return false;
      await this.#map.discover(this.#prober, this.#target, over);
      const failing = this.#map.inUse(this.#target);
      await this.#measure(failing, false, over);
      if (over.aborted) return false;
      unready = this.#choice.isReady(failing) ? 0 : unready + 1;
      const other = this.#choice.nearest(failing);
      if (!other || (unready <= mostUnready && this.#failures <= mostFailures)) continue;
      this.#goTo(other);
      return true;
    }
  }

  /**
   * Watches the regions while a connection holds. Resolves with the region to move to; `undefined` when aborted.
   * @param name what the hub calls the region in use
   * @param mayMove whether a move would hurt nobody now
   */
  async better(region: Region, name: string, mayMove: () => boolean, over: AbortSignal): Promise<Region | undefined> {
    if (this.#measuredAt !== undefined) await delay(Math.max(0, this.#measuredAt + this.#round - monotonicNow()), over);
    while (!over.aborted) {
      await this.#map.discover(this.#prober, region, over);
      if (!this.#returns && this.#map.isKnown) return undefined;
      await this.#measure(this.#map.inUse({ ...region, name }), false, over);
      const steady = this.#choice.steady(monotonicNow());
      if (!over.aborted && steady && mayMove()) return steady;
      await delay(this.#choice.hasBetter ? this.#round : this.#round * homeRounds, over);
    }

    return undefined;
  }

  /** Moving to the better region did not work. */
  doubt(): void {
    this.#choice.doubt();
  }

  #goTo(region: Region): void {
    this.#target = region;
    this.#failures = 0;
  }

  async #measure(current: Region, hurry: boolean, signal: AbortSignal): Promise<void> {
    const trips = await this.#prober.measure(this.#map.all, hurry, signal);
    if (signal.aborted) return;
    this.#measuredAt = monotonicNow();
    this.#choice.take(trips, current, this.#measuredAt);
    const nearest = this.#choice.nearest();
    if (nearest?.name !== undefined) this.#memory.keep(infoOf(nearest, nearest.name));
  }
}
