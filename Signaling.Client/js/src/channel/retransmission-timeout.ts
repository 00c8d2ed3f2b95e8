const initial = 1_000;
const least = 300;
const most = 10_000;
const leastVariation = 100;

/** How long to wait for an acknowledgement, in milliseconds (RFC 6298 with the bounds of PROTOCOL.md). */
export class RetransmissionTimeout {
  #smoothed = -1;
  #variation = 0;
  #measured = initial;
  #current = initial;

  get milliseconds(): number {
    return Math.ceil(this.#current);
  }

  sample(roundTrip: number): void {
    if (this.#smoothed < 0) {
      this.#smoothed = roundTrip;
      this.#variation = roundTrip / 2;
    } else {
      this.#variation = 0.75 * this.#variation + 0.25 * Math.abs(this.#smoothed - roundTrip);
      this.#smoothed = 0.875 * this.#smoothed + 0.125 * roundTrip;
    }

    this.#measured = Math.min(most, Math.max(least, this.#smoothed + Math.max(leastVariation, 4 * this.#variation)));
  }

  double(): void {
    this.#current = Math.min(most, this.#current * 2);
  }

  reset(): void {
    this.#current = this.#measured;
  }
}
