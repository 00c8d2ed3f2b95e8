import type { RegionInfo } from '../contracts.js';
import type { RegionProber } from './prober.js';
import { type Region, isSame, regionOf } from './region.js';

/** The regions that there are: those that the app lists, or those that the hub lists when it is asked. */
export class RegionMap {
  /** Where to begin. */
  readonly first: Region;
  /** Whether to connect there without looking at others first. */
  readonly isPreferred: boolean;
  /** Whom to ask, if the region in use does not answer. */
  readonly #entry: Region | undefined;
  #known: readonly Region[] | undefined;

  /**
   * @param at the URL of a hub, or all regions
   * @param remembered the region to begin with
   */
  constructor(at: string | readonly RegionInfo[], discovers: boolean, remembered: RegionInfo | undefined) {
    if (typeof at === 'string') {
      const entry = { hub: at };
      this.#entry = discovers ? entry : undefined;
      this.#known = discovers ? undefined : [entry];
      this.first = discovers && remembered ? regionOf(remembered) : entry;
      this.isPreferred = !discovers || remembered !== undefined;
    } else {
      this.#known = at.map(regionOf);
      const preferred = remembered && this.#known.find(({ hub }) => hub === regionOf(remembered).hub);
      const first = preferred ?? this.#known[0];
      if (!first) throw new Error('At least one region is needed.');
      this.first = first;
      this.isPreferred = preferred !== undefined;
    }
  }

  /** Whether there may be more than one. */
  get hasChoice(): boolean {
    return this.#entry !== undefined || this.all.length > 1;
  }

  /** Whether nothing is left to ask for. */
  get isKnown(): boolean {
    return this.#known !== undefined;
  }

  get all(): readonly Region[] {
    if (this.#known) return this.#known;
    return this.#entry && this.#entry !== this.first ? [this.first, this.#entry] : [this.first];
  }

  /** The listed region behind an address that the app gave, which may lead to any; else that itself. */
  inUse(region: Region): Region {
    return this.all.find(({ hub }) => hub === region.hub) ?? this.all.find((listed) => isSame(listed, region)) ?? region;
  }

  /** Asks for the list, unless it is known. */
  async discover(prober: RegionProber, asked: Region, signal: AbortSignal): Promise<void> {
    if (this.#known) return;
    let list = await prober.list(asked, signal);
    if (!list && this.#entry && this.#entry.hub !== asked.hub) list = await prober.list(this.#entry, signal);
    if (!list) return;
    const usable = list.regions.filter(({ url }) => /^https?:\/\//.test(url)).map(regionOf);
    this.#known = usable.length > 0 ? usable : [{ ...asked, name: list.current }];
  }
}
