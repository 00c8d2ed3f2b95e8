import { Deferred } from '../../async.js';
import { signalingLimits } from '../../contracts.js';
import { SignalingError } from '../../errors.js';
import { jsonBytes } from '../message-size.js';

/** Most candidates that wait for a send in flight. */
const capacity = 1_024;

/** Most bytes of candidates in one signal; leaves the envelope its place within a hub message. */
const batchBytes = 60 * 1024;

interface Waiting {
  readonly candidate: RTCIceCandidateInit;
  readonly bytes: number;
  readonly accepted: Deferred;
}

/** Batches candidates without adding delay: what gathers while a send is in flight goes together in the next. */
export class CandidateBatch {
  readonly #send: (candidates: RTCIceCandidateInit[]) => Promise<void>;
  readonly #waiting: Waiting[] = [];
  #inFlight = false;

  constructor(send: (candidates: RTCIceCandidateInit[]) => Promise<void>) {
    this.#send = send;
  }

  async add(candidates: readonly RTCIceCandidateInit[]): Promise<void> {
    if (this.#waiting.length + candidates.length > capacity) {
      throw new SignalingError('unavailable', 'Too many candidates to this peer wait to be sent.');
    }

    const added = candidates.map((candidate) => ({ candidate, bytes: jsonBytes(candidate) + 1, accepted: new Deferred() }));
    this.#waiting.push(...added);
    if (!this.#inFlight) void this.#flush();
    await Promise.all(added.map(({ accepted }) => accepted.promise));
  }

  async #flush(): Promise<void> {
    this.#inFlight = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#next());
      try {
        await this.#send(batch.map(({ candidate }) => candidate));
        for (const { accepted } of batch) accepted.resolve();
      } catch (error) {
        for (const { accepted } of batch) accepted.reject(error);
      }
    }

    this.#inFlight = false;
  }

  /** How many of those that wait go in one signal: at least one, however large. */
  #next(): number {
    let bytes = 0;
    const end = this.#waiting.findIndex((waiting, index) => {
      bytes += waiting.bytes;
      return index === signalingLimits.maxCandidates || bytes > batchBytes;
    });
    return end < 0 ? this.#waiting.length : Math.max(1, end);
  }
}
