import type { RegionInfo } from '../contracts.js';

/** What the browser remembers for the next page of this origin; elsewhere, or where it may not, nothing. */
export class RegionMemory {
  readonly #key: string;

  /** @param service tells apart services that a page uses */
  constructor(service: string) {
    this.#key = `signaling-client.region ${service}`;
  }

  get region(): RegionInfo | undefined {
    try {
      const { name, url } = JSON.parse(localStorage.getItem(this.#key) ?? '{}');
      return typeof name === 'string' && typeof url === 'string' ? { name, url } : undefined;
    } catch {
      return undefined;
    }
  }

  keep({ name, url }: RegionInfo): void {
    try {
      localStorage.setItem(this.#key, JSON.stringify({ name, url }));
    } catch {
      // The next page measures again.
    }
  }
}
