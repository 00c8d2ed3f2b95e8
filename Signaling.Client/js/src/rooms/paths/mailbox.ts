import type { Payload } from './payload.js';

/** What kinds of content a signal can have. */
export type PayloadKind = 'description' | 'candidates' | 'data';

/** Most signals of a kind that wait for a handler. */
const capacity = 256;

/** Who takes signals out of a mailbox. */
export interface Listener {
  hears(kind: PayloadKind): boolean;
  deliver(kind: PayloadKind, payload: Payload): void;
}

/**
 * Holds the signals of a peer that arrive before the app has attached a handler for their kind, and hands them over in order once it has:
 * an offer may be faster than the app's answer to `peerjoined`.
 */
export class Mailbox {
  readonly #listener: Listener;
  #held: { kind: PayloadKind; payload: Payload }[] = [];
  #flushing = false;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  put(payload: Payload): void {
    const kind = payload.description ? 'description' : payload.candidates ? 'candidates' : 'data';
    if (this.#listener.hears(kind) && this.#held.every((held) => held.kind !== kind)) this.#listener.deliver(kind, payload);
    else this.#hold(kind, payload);
  }

  /** A handler was attached. Hands over once the caller is done attaching, so that the order among kinds is kept. */
  flush(): void {
    if (this.#flushing || this.#held.length === 0) return;
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flushing = false;
      const held = this.#held;
      this.#held = [];
      for (const { kind, payload } of held) {
        if (this.#listener.hears(kind)) this.#listener.deliver(kind, payload);
        else this.#held.push({ kind, payload });
      }
    });
  }

  /** Drops what belongs to a negotiation with our former self. */
  dropNegotiation(): void {
    this.#held = this.#held.filter(({ kind }) => kind === 'data');
  }

  #hold(kind: PayloadKind, payload: Payload): void {
    if (this.#held.filter((held) => held.kind === kind).length >= capacity) {
      // An app that never listens to a kind must not block the others: the oldest gives way.
      this.#held.splice(this.#held.findIndex((held) => held.kind === kind), 1);
    }

    this.#held.push({ kind, payload });
  }
}
