import type { Trips } from './prober.js';
import type { Region } from './region.js';

/** A region that is hardly nearer is not worth a move: the least gain in milliseconds, and as a share. */
const leastGain = 10;
const leastShare = 0.8;

/** Decides between regions by what was measured last. Knows no clock and no network. */
export class RegionChoice {
  readonly #steadyFor: number;
  #trips: Trips = new Map();
  #better: Region | undefined;
  #since = 0;

  /** @param steadyFor how long a region has to be the better one before it is worth a move, in milliseconds */
  constructor(steadyFor: number) {
    this.#steadyFor = steadyFor;
  }

  /** Whether there is a region so much nearer than the one in use that a move may pay. */
  get hasBetter(): boolean {
    return this.#better !== undefined;
  }

  /** Whether a region was ready when it was asked last. */
  isReady(region: Region): boolean {
    return this.#trips.has(region);
  }

  /** The nearest region that is ready. */
  nearest(except?: Region): Region | undefined {
    let nearest: [Region, number] | undefined;
    for (const trip of this.#trips) if (trip[0] !== except && (!nearest || trip[1] < nearest[1])) nearest = trip;
    return nearest?.[0];
  }

  /** @param current the region in use */
  take(trips: Trips, current: Region, now: number): void {
    this.#trips = trips;
    const nearest = this.nearest(current);
    if (!nearest || !this.#isWorthIt(trips.get(nearest)!, trips.get(current))) this.#better = undefined;
    else if (this.#better !== nearest) [this.#better, this.#since] = [nearest, now];
  }

  /** A region that has been the better one for long. */
  steady(now: number): Region | undefined {
    return now - this.#since >= this.#steadyFor ? this.#better : undefined;
  }

  /** It has to prove itself anew. */
  doubt(): void {
    this.#better = undefined;
  }

  #isWorthIt(trip: number, own: number | undefined): boolean {
    return own === undefined || (trip + leastGain < own && trip < own * leastShare);
  }
}
