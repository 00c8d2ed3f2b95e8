import type { RegionList } from '../contracts.js';
import { type Region, listUrl, readyUrl } from './region.js';

const patience = 1_500;
const leastGrace = 50;
const warmSamples = 3;

/** The round trip to each region that is ready, in milliseconds. */
export type Trips = ReadonlyMap<Region, number>;

/** Asks regions over HTTP: whether they are ready, how far away they are, and which others there are. */
export class RegionProber {
  readonly #fetch: typeof fetch;

  constructor(fetcher: typeof fetch = (input, init) => fetch(input, init)) {
    this.#fetch = fetcher;
  }

  /**
   * Measures all at the same time; ends with what is known so far when the signal aborts.
   * @param hurry not to wait for regions that take more than twice as long as the first one
   */
  async measure(regions: readonly Region[], hurry: boolean, signal: AbortSignal): Promise<Trips> {
    const enough = new AbortController();
    const abort = () => enough.abort();
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    const began = performance.now();
    let grace: ReturnType<typeof setTimeout> | undefined;
    const measured = await Promise.all(
      regions.map(async (region) => {
        const trip = await this.#measure(region, enough.signal);
        if (hurry && trip !== undefined) grace ??= setTimeout(abort, Math.max(leastGrace, performance.now() - began));
        return [region, trip] as const;
      }),
    );
    clearTimeout(grace);
    signal.removeEventListener('abort', abort);
    return new Map(measured.filter((entry): entry is [Region, number] => entry[1] !== undefined));
  }

  /** What a region says of all; `undefined` when it says nothing that can be read. */
  async list(region: Region, signal: AbortSignal): Promise<RegionList | undefined> {
    return this.#inTime(signal, async (inTime) => {
      const answer = await this.#get(listUrl(region), inTime);
      const list = answer.ok ? ((await answer.json()) as Partial<RegionList> | null) : undefined;
      return Array.isArray(list?.regions) && typeof list.current === 'string' ? (list as RegionList) : undefined;
    });
  }

  /** The best round trip over a connection that is warm, or that of the first request where time did not suffice for more. */
  async #measure(region: Region, signal: AbortSignal): Promise<number | undefined> {
    let best: number | undefined;
    return this.#inTime(signal, async (inTime) => {
      try {
        for (let sample = 0; sample <= warmSamples; sample++) {
          const began = performance.now();
          const answer = await this.#get(readyUrl(region), inTime);
          await answer.text();
          if (!answer.ok) return undefined;
          const took = performance.now() - began;
          // The first one has connected as well.
          best = sample <= 1 ? took : Math.min(best!, took);
        }
      } catch {
        // What was known in time has to do; a region that fails is none.
        if (!inTime.aborted) return undefined;
      }

      return best;
    });
  }

  async #get(url: string, signal: AbortSignal): Promise<Response> {
    return this.#fetch(url, { cache: 'no-store', credentials: 'omit', signal });
  }

  async #inTime<T>(signal: AbortSignal, ask: (inTime: AbortSignal) => Promise<T | undefined>): Promise<T | undefined> {
    const late = new AbortController();
    const abort = () => late.abort();
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    const timer = setTimeout(abort, patience);
    try {
      return await ask(late.signal);
    } catch {
      return undefined;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }
}
