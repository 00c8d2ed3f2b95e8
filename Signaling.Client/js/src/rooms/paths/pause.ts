/** Holds the way to one peer back for a while after the hub did not take a signal. */
export class Pause {
  readonly #over: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #until = 0;
  #failures = 0;

  /** @param over called when it ends by itself */
  constructor(over: () => void) {
    this.#over = over;
  }

  get active(): boolean {
    return this.#timer !== undefined;
  }

  /** For the time that the hub gave, else for one that grows with the failures in a row. Those of one burst count as one. */
  start(retryAfterMs: number | undefined, growing: (failures: number) => number): void {
    if (retryAfterMs !== undefined) this.#atLeast(retryAfterMs);
    else if (!this.active) this.#atLeast(growing(this.#failures++));
  }

  /** The hub took one. */
  succeeded(): void {
    this.#failures = 0;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #atLeast(ms: number): void {
    const until = performance.now() + ms;
    if (this.active && until <= this.#until) return;
    this.end();
    this.#until = until;
    this.#timer = setTimeout(() => {
      this.end();
      this.#over();
    }, ms);
  }
}

/** How long to leave a peer alone that cannot be reached, in milliseconds; the failures in a row count from 0. */
export function unreachableDelay(failures: number): number {
  return Math.min(500 * 2 ** failures, 5_000);
}
