import { Deferred, monotonicNow } from '../../async.js';
import type { ChannelCounts } from '../../channel/counts.js';
import type { Frame } from '../../channel/frame.js';
import { ReliableChannel } from '../../channel/reliable-channel.js';
import type { Signal } from '../../contracts.js';
import { ConnectionLostError, SignalingError } from '../../errors.js';
import { Pause, unreachableDelay } from './pause.js';
import { type Payload, payloadOf } from './payload.js';
import type { SignalPath, SignalPort, Unsent } from './signal-path.js';

/** One peer's copy of a signal to the whole room. */
export interface Copy {
  readonly seq: number;
  /** Resolves when the hub has accepted it, here or by a repetition. */
  readonly accepted: Promise<void>;
  sent(): void;
  failed(error: unknown): void;
}

/** Runs a reliable channel: gives it time and the hub. */
export class ReliablePath implements SignalPath {
  readonly #to: string;
  readonly #port: SignalPort;
  readonly #deliver: (payload: Payload) => boolean;
  readonly #channel: ReliableChannel<Payload>;
  readonly #accepted = new Map<Payload, Deferred>();
  /** What was sent and not acknowledged, by number. */
  readonly #inFlight = new Map<number, Payload>();
  readonly #postponed = new Set<number>();
  readonly #pause = new Pause(() => this.#goOn());
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unreachable = false;
  /** Counts the times that all in flight was repeated: what became of a signal before no longer matters. */
  #resumes = 0;
  #ended: Error | undefined;

  constructor(to: string, port: SignalPort, deliver: (payload: Payload) => void, counts?: ChannelCounts) {
    this.#channel = new ReliableChannel(counts);
    this.#to = to;
    this.#port = port;
    this.#deliver = (payload) => {
      deliver(payload);
      return true;
    };
  }

  /** Whether a signal to the whole room may carry a copy. That of a peer that cannot be reached now is repeated like one that was lost. */
  get canReserve(): boolean {
    return this.#channel.canReserve && (!this.#pause.active || this.#unreachable);
  }

  send(payload: Payload): Promise<void> {
    const unsent = { payload, accepted: new Deferred() };
    this.adopt([unsent]);
    return unsent.accepted.promise;
  }

  adopt(unsent: Unsent[]): void {
    for (const { payload, accepted } of unsent) {
      if (this.#ended) accepted.reject(this.#ended);
      else if (this.#channel.tryEnqueue(payload)) this.#accepted.set(payload, accepted);
      else accepted.reject(new SignalingError('unavailable', 'Too many signals to this peer wait to be sent.'));
    }

    this.#pump();
  }

  /** Numbers a signal that the caller sends to the whole room; only when {@link canReserve}. */
  reserve(payload: Payload): Copy {
    const seq = this.#channel.reserve(payload, monotonicNow());
    if (seq === undefined) throw new Error('The channel has no place for it.');
    const accepted = new Deferred();
    this.#accepted.set(payload, accepted);
    this.#inFlight.set(seq, payload);
    this.#pump();
    const resumes = this.#resumes;
    return {
      seq,
      accepted: accepted.promise,
      // Says nothing about this peer: the hub accepts what reaches anyone.
      sent: () => this.#settle(payload, (accepted) => accepted.resolve()),
      failed: (error) => this.#failed(seq, payload, error, resumes),
    };
  }

  receive(signal: Signal): void {
    if (this.#ended) return;
    this.#channel.receive(signal.seq, signal.ack, payloadOf(signal), this.#deliver, monotonicNow());
    this.#acknowledged(signal.ack);
    this.#pump();
  }

  resume(): void {
    if (this.#ended) return;
    this.#resumes++;
    this.#channel.reconnected(monotonicNow());
    this.#postponed.clear();
    this.#pause.end();
    this.#pump();
  }

  end(error: Error): Unsent[] {
    this.#ended = error;
    clearTimeout(this.#timer);
    this.#pause.end();
    const unsent = this.#channel.waiting
      .filter((payload) => payload.data !== undefined)
      .map((payload) => ({ payload, accepted: this.#accepted.get(payload) ?? new Deferred() }));
    for (const { payload } of unsent) this.#accepted.delete(payload);
    for (const accepted of this.#accepted.values()) accepted.reject(error);
    this.#accepted.clear();
    return unsent;
  }

  #pump(): void {
    clearTimeout(this.#timer);
    if (this.#ended || !this.#port.joined || this.#pause.active) return;
    for (let frame; (frame = this.#channel.takeNext(monotonicNow())); ) this.#transmit(frame);
    const { nextTimer } = this.#channel;
    if (nextTimer !== undefined) this.#timer = setTimeout(() => this.#pump(), Math.max(0, nextTimer - monotonicNow()));
  }

  #transmit({ seq, ack, payload }: Frame<Payload>): void {
    if (seq === undefined) return this.#port.post({ to: this.#to, ack });
    if (payload) this.#inFlight.set(seq, payload);
    const resumes = this.#resumes;
    this.#port.send({ to: this.#to, seq, ack, ...payload }).then(
      () => this.#sent(payload),
      (error) => this.#failed(seq, payload, error, resumes),
    );
  }

  #sent(payload: Payload | undefined): void {
    this.#pause.succeeded();
    this.#settle(payload, (accepted) => accepted.resolve());
  }

  /** What has arrived was accepted, even where the connection was lost before the hub said so. */
  #acknowledged(ack = 0): void {
    if (ack > Math.max(0, ...this.#inFlight.keys())) return;
    for (const [seq, payload] of this.#inFlight) {
      if (seq > ack) continue;
      this.#inFlight.delete(seq);
      this.#settle(payload, (accepted) => accepted.resolve());
    }
  }

  #failed(seq: number, payload: Payload | undefined, error: unknown, resumes: number): void {
    if (this.#ended || resumes !== this.#resumes || error instanceof ConnectionLostError) return;
    const { code, action, retryAfterMs } = error instanceof SignalingError ? error : new SignalingError('internal', String(error));
    // The session joins again, which ends this channel, or moves to another link, where all in flight is repeated.
    if (action === 'rejoin') return;
    if (action === 'retry' || action === 'retry-later') this.#postpone(seq, code === 'peer-unreachable', retryAfterMs);
    else if (code === 'peer-not-in-room') this.end(error as Error).forEach(({ accepted }) => accepted.reject(error));
    else this.#refused(seq, payload, error);
  }

  #postpone(seq: number, unreachable: boolean, retryAfterMs: number | undefined): void {
    this.#postponed.add(seq);
    this.#unreachable = unreachable;
    this.#pause.start(retryAfterMs, unreachable ? unreachableDelay : (failures) => this.#port.retryDelay(failures));
  }

  #goOn(): void {
    for (const seq of this.#postponed) this.#channel.postponed(seq);
    this.#postponed.clear();
    this.#pump();
  }

  #refused(seq: number, payload: Payload | undefined, error: unknown): void {
    // An empty signal that is refused has no lesser form; the time-out repeats it.
    if (payload === undefined) return;
    this.#channel.refused(seq);
    this.#settle(payload, (accepted) => accepted.reject(error));
    this.#pump();
  }

  #settle(payload: Payload | undefined, how: (accepted: Deferred) => void): void {
    const accepted = payload && this.#accepted.get(payload);
    if (!accepted) return;
    this.#accepted.delete(payload);
    how(accepted);
  }
}
