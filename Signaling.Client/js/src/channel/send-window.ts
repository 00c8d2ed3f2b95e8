import type { ChannelCounts } from './counts.js';
import { RetransmissionTimeout } from './retransmission-timeout.js';

/** Most signals that are sent and not acknowledged. */
export const sendWindowSize = 32;

/** Most signals that are waiting or in flight. */
export const sendCapacity = 256;

interface Sent<Payload> {
  readonly seq: number;
  readonly sentAt: number;
  payload: Payload | undefined;
  times: number;
  due: boolean;
}

/** The sending end: numbers signals, keeps them until they are acknowledged, and says when to send them again. */
export class SendWindow<Payload extends object> {
  readonly #counts: ChannelCounts | undefined;
  readonly #timeout = new RetransmissionTimeout();
  readonly #inFlight: Sent<Payload>[] = [];
  readonly #waiting: Payload[] = [];
  #lastSeq = 0;
  #deadline: number | undefined;

  /** @param counts counts what is sent again */
  constructor(counts?: ChannelCounts) {
    this.#counts = counts;
  }

  /** When nothing is acknowledged until then, all that is in flight is sent again. */
  get deadline(): number | undefined {
    return this.#deadline;
  }

  get canReserve(): boolean {
    return this.#waiting.length === 0 && this.#inFlight.length < sendWindowSize;
  }

  get inFlight(): number {
    return this.#inFlight.length;
  }

  get waiting(): readonly Payload[] {
    return this.#waiting;
  }

  tryEnqueue(payload: Payload): boolean {
    if (this.#waiting.length + this.#inFlight.length >= sendCapacity) return false;
    this.#waiting.push(payload);
    return true;
  }

  /** Takes back a signal that is still waiting its turn. */
  withdraw(payload: Payload): boolean {
    const index = this.#waiting.indexOf(payload);
    if (index < 0) return false;
    this.#waiting.splice(index, 1);
    return true;
  }

  /** Numbers a signal that the caller sends itself, now. */
  reserve(payload: Payload, now: number): number {
    const sent = { seq: ++this.#lastSeq, payload, sentAt: now, times: 1, due: false };
    this.#inFlight.push(sent);
    this.#deadline ??= now + this.#timeout.milliseconds;
    return sent.seq;
  }

  /** Drops what is acknowledged. An acknowledgement of what was never sent is ignored. */
  acknowledge(ack: number, now: number): void {
    const newest = this.#find(ack);
    if (!newest) return;

    // Karn's rule: the acknowledgement of a signal that was sent twice does not tell which of the two it answers.
    if (newest.times === 1) this.#timeout.sample(now - newest.sentAt);
    this.#inFlight.splice(0, this.#inFlight.indexOf(newest) + 1);
    this.#timeout.reset();
    this.#deadline = this.#inFlight.length > 0 ? now + this.#timeout.milliseconds : undefined;
  }

  /** Sends everything in flight again at once. */
  repeatAll(now: number): void {
    for (const sent of this.#inFlight) sent.due = true;
    if (this.#inFlight.length > 0) this.#deadline = now + this.#timeout.milliseconds;
  }

  /** Sends one signal again at once. */
  repeat(seq: number): void {
    const sent = this.#find(seq);
    if (sent) sent.due = true;
  }

  /** Sends an empty signal in place of one that will never be accepted, so that the stream goes on. */
  empty(seq: number): void {
    const sent = this.#find(seq);
    if (!sent) return;
    sent.payload = undefined;
    sent.due = true;
  }

  take(now: number): { seq: number; payload: Payload | undefined } | undefined {
    if (this.#deadline !== undefined && this.#deadline <= now) {
      this.#timeout.double();
      this.repeatAll(now);
    }

    const again = this.#inFlight.find((sent) => sent.due);
    if (again) {
      again.due = false;
      again.times++;
      if (this.#counts) this.#counts.retransmitted++;
      return { seq: again.seq, payload: again.payload };
    }

    const next = this.#inFlight.length < sendWindowSize ? this.#waiting.shift() : undefined;
    return next && { seq: this.reserve(next, now), payload: next };
  }

  #find(seq: number): Sent<Payload> | undefined {
    return this.#inFlight.find((sent) => sent.seq === seq);
  }
}
