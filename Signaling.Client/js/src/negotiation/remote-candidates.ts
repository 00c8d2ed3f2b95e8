import { ufragOf, ufragsOf } from './ufrag.js';

/** Most candidates that are held. */
const capacity = 256;

/** Most ufrags of past descriptions that are remembered. */
const remembered = 32;

/** Adds remote candidates when their description is there: holds those that come early, drops those of a past negotiation. */
export class RemoteCandidates {
  readonly #add: (candidate: RTCIceCandidateInit) => Promise<void>;
  #current: ReadonlySet<string> | undefined;
  #past = new Set<string>();
  #held: RTCIceCandidateInit[] = [];

  constructor(add: (candidate: RTCIceCandidateInit) => Promise<void>) {
    this.#add = add;
  }

  /** Takes in what arrived. */
  async receive(candidates: readonly RTCIceCandidateInit[]): Promise<void> {
    for (const candidate of candidates) {
      const ufrag = ufragOf(candidate);
      if (ufrag !== undefined && this.#past.has(ufrag)) continue;
      if (this.#belongs(ufrag)) await this.#add(candidate);
      else this.#hold(candidate);
    }
  }

  /** The remote description is now this one; `undefined` when the only one was rolled back. */
  async applied(sdp: string | undefined): Promise<void> {
    const former = this.#current ?? [];
    const current = (this.#current = sdp === undefined ? undefined : ufragsOf(sdp));
    const past = [...this.#past, ...former].filter((ufrag) => !current?.has(ufrag));
    this.#past = new Set(past.slice(-remembered));

    const held = this.#held;
    this.#held = [];
    await this.receive(held);
  }

  /** A candidate without ufrag is taken to belong to the description that is there. */
  #belongs(ufrag: string | undefined): boolean {
    return this.#current !== undefined && (ufrag === undefined || this.#current.has(ufrag));
  }

  #hold(candidate: RTCIceCandidateInit): void {
    if (this.#held.length === capacity) this.#held.shift();
    this.#held.push(candidate);
  }
}
