import type { RegionGuide } from './guide.js';

/** The time between two connections: the regions are watched, so that the next try goes to one that works. */
export class Outage {
  readonly #regions: RegionGuide;
  readonly #switched: () => void;
  #watch: AbortController | undefined;

  /** @param switched ends a try or a wait that is for the region before */
  constructor(regions: RegionGuide, switched: () => void) {
    this.#regions = regions;
    this.#switched = switched;
  }

  /** No connection, or none that will last. Once is enough. */
  begin(): void {
    if (this.#watch || !this.#regions.hasChoice) return;
    this.#watch = new AbortController();
    void this.#run(this.#watch.signal);
  }

  /** A connection holds, or none is wanted. */
  end(): void {
    this.#watch?.abort();
    this.#watch = undefined;
  }

  async #run(over: AbortSignal): Promise<void> {
    while (await this.#regions.failOver(over)) this.#switched();
  }
}
