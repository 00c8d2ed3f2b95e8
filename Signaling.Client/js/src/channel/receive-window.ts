import type { ChannelCounts } from './counts.js';

/** Signals beyond the last delivered one by more than this are dropped. */
export const receiveWindowSize = 32;

const ackDelay = 50;
const ackEvery = 8;

/** Takes what is next in order; `false` when the app has no room for it now. */
export type Deliver<Payload> = (payload: Payload) => boolean;

/** The receiving end: puts signals in order, drops duplicates, and says when to acknowledge. */
export class ReceiveWindow<Payload extends object> {
  readonly #counts: ChannelCounts | undefined;
  readonly #held = new Map<number, Payload | undefined>();
  #unacknowledged = 0;
  #last = 0;
  #ackDue: number | undefined;

  /** @param counts counts the duplicates */
  constructor(counts?: ChannelCounts) {
    this.#counts = counts;
  }

  /** How many signals wait for one before them, or for room in the app. */
  get held(): number {
    return this.#held.size;
  }

  /** Up to which everything was delivered. */
  get last(): number {
    return this.#last;
  }

  /** When to acknowledge, unless a signal to the other end has done so by then. */
  get ackDue(): number | undefined {
    return this.#ackDue;
  }

  /**
   * @param seq position in the other end's stream
   * @param payload its content; `undefined` where the hub refused it
   */
  receive(seq: number, payload: Payload | undefined, deliver: Deliver<Payload>, now: number): void {
    const duplicate = seq <= this.#last;
    if (this.#counts && (duplicate || this.#held.has(seq))) this.#counts.duplicates++;
    if (!duplicate && seq <= this.#last + receiveWindowSize && !this.#held.has(seq)) this.#held.set(seq, payload);
    this.deliver(deliver, now);
    if (duplicate || seq > this.#last) this.#ackDue = now;
  }

  /** Delivers what was held and is next in order. */
  deliver(deliver: Deliver<Payload>, now: number): void {
    const before = this.#last;
    while (this.#held.has(this.#last + 1)) {
      const next = this.#held.get(this.#last + 1);
      if (next !== undefined && !deliver(next)) break;
      this.#held.delete(++this.#last);
      this.#unacknowledged++;
    }

    if (this.#last === before) return;
    const due = this.#unacknowledged < ackEvery ? now + ackDelay : now;
    this.#ackDue = Math.min(this.#ackDue ?? due, due);
  }

  /** An acknowledgement is on its way. */
  acknowledged(): void {
    this.#ackDue = undefined;
    this.#unacknowledged = 0;
  }
}
