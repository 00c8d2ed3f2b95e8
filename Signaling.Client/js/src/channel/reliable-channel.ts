import type { ChannelCounts } from './counts.js';
import type { Frame } from './frame.js';
import { type Deliver, ReceiveWindow } from './receive-window.js';
import { SendWindow } from './send-window.js';

/**
 * One end of the channel between two peers (PROTOCOL.md, "The reliable channel"): exactly once and in order over a way that loses,
 * doubles and reorders.
 *
 * A pure state machine without clock, promises or I/O: each call is told the time in milliseconds of any monotonic clock. After every
 * call, call {@link takeNext} until it is `undefined`, and again at {@link nextTimer}. The port of `ReliableChannel.cs`, call by call;
 * both replay `channel-cases.json`.
 */
export class ReliableChannel<Payload extends object> {
  readonly #sending: SendWindow<Payload>;
  readonly #receiving: ReceiveWindow<Payload>;

  /** @param counts counts what is repaired */
  constructor(counts?: ChannelCounts) {
    this.#sending = new SendWindow(counts);
    this.#receiving = new ReceiveWindow(counts);
  }

  /** When {@link takeNext} has something next, once it has said `undefined`; `undefined` while the channel is idle. */
  get nextTimer(): number | undefined {
    const { deadline } = this.#sending;
    const { ackDue } = this.#receiving;
    return deadline === undefined ? ackDue : ackDue === undefined ? deadline : Math.min(deadline, ackDue);
  }

  /** Whether a signal would go out at once, ahead of none. */
  get canReserve(): boolean {
    return this.#sending.canReserve;
  }

  /** What has not been sent yet, in order. */
  get waiting(): readonly Payload[] {
    return this.#sending.waiting;
  }

  /** How many signals are sent and not acknowledged. */
  get inFlight(): number {
    return this.#sending.inFlight;
  }

  /** How many arrived signals wait for one before them, or for room in the app. */
  get held(): number {
    return this.#receiving.held;
  }

  /** Queues a signal; `false` when 256 are waiting or in flight. */
  tryEnqueue(payload: Payload): boolean {
    return this.#sending.tryEnqueue(payload);
  }

  /** Takes back a signal that was not sent yet. */
  withdraw(payload: Payload): boolean {
    return this.#sending.withdraw(payload);
  }

  /**
   * Numbers a signal that goes out at once and by another way: the copies of a signal to the whole room. `undefined` when it would have
   * to wait ({@link canReserve}).
   */
  reserve(payload: Payload, now: number): number | undefined {
    return this.canReserve ? this.#sending.reserve(payload, now) : undefined;
  }

  /** Takes in what arrived from the other end. */
  receive(seq: number | undefined, ack: number | undefined, payload: Payload | undefined, deliver: Deliver<Payload>, now: number): void {
    if (ack !== undefined) this.#sending.acknowledge(ack, now);
    if (seq !== undefined) this.#receiving.receive(seq, payload, deliver, now);
    else if (payload !== undefined) deliver(payload);
  }

  /** The app has room again: delivers what was held for want of it. */
  deliverHeld(deliver: Deliver<Payload>, now: number): void {
    this.#receiving.deliver(deliver, now);
  }

  /** The connection is back: everything in flight is sent again. */
  reconnected(now: number): void {
    this.#sending.repeatAll(now);
  }

  /** The hub did not take this one now: it is sent again. */
  postponed(seq: number): void {
    this.#sending.repeat(seq);
  }

  /** The hub will never take this one: an empty signal goes in its place. */
  refused(seq: number): void {
    this.#sending.empty(seq);
  }

  /** The next thing to send. */
  takeNext(now: number): Frame<Payload> | undefined {
    const signal = this.#sending.take(now);
    const ackDue = this.#receiving.ackDue;
    if (!signal && (ackDue === undefined || ackDue > now)) return undefined;

    this.#receiving.acknowledged();
    const ack = this.#receiving.last;
    if (!signal) return { ack };
    return signal.payload === undefined ? { seq: signal.seq, ack } : { seq: signal.seq, ack, payload: signal.payload };
  }
}
