import { Deferred } from '../../async.js';
import type { Signal } from '../../contracts.js';
import { SignalingError } from '../../errors.js';
import { Pause, unreachableDelay } from './pause.js';
import { type Payload, payloadOf } from './payload.js';
import type { SignalPath, SignalPort, Unsent } from './signal-path.js';

/** Most signals to one peer that wait. */
const capacity = 256;

interface Waiting extends Unsent {
  /** Its place among those that the app sent. */
  readonly place: number;
}

/** At-most-once delivery, to and from a peer that does not acknowledge. Only what the hub has certainly not taken is sent again. */
export class PlainPath implements SignalPath {
  readonly #to: string;
  readonly #port: SignalPort;
  readonly #deliver: (payload: Payload) => void;
  readonly #pause = new Pause(() => this.#pump());
  #waiting: Waiting[] = [];
  #places = 0;
  #resumes = 0;
  #ended: Error | undefined;

  constructor(to: string, port: SignalPort, deliver: (payload: Payload) => void) {
    this.#to = to;
    this.#port = port;
    this.#deliver = deliver;
  }

  send(payload: Payload): Promise<void> {
    const accepted = new Deferred();
    this.adopt([{ payload, accepted }]);
    return accepted.promise;
  }

  receive(signal: Signal): void {
    const payload = payloadOf(signal);
    if (payload) this.#deliver(payload);
  }

  resume(): void {
    this.#resumes++;
    this.#pause.end();
    this.#pump();
  }

  end(error: Error): Unsent[] {
    this.#ended = error;
    this.#pause.end();
    const unsent = this.#waiting.filter(({ payload }) => payload.data !== undefined);
    for (const { payload, accepted } of this.#waiting) if (payload.data === undefined) accepted.reject(error);
    this.#waiting = [];
    return unsent;
  }

  adopt(unsent: Unsent[]): void {
    for (const { payload, accepted } of unsent) {
      if (this.#ended) accepted.reject(this.#ended);
      else if (this.#waiting.length < capacity) this.#waiting.push({ payload, accepted, place: this.#places++ });
      else accepted.reject(new SignalingError('unavailable', 'Too many signals to this peer wait to be sent.'));
    }

    this.#pump();
  }

  #pump(): void {
    if (this.#ended || !this.#port.joined || this.#pause.active) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const signal of waiting) this.#transmit(signal);
  }

  #transmit(signal: Waiting): void {
    const resumes = this.#resumes;
    this.#port.send({ to: this.#to, ...signal.payload }).then(
      () => {
        this.#pause.succeeded();
        signal.accepted.resolve();
      },
      (error) => this.#failed(signal, error, resumes === this.#resumes),
    );
  }

  #failed(signal: Waiting, error: unknown, current: boolean): void {
    const { code, action, retryAfterMs } = error instanceof SignalingError ? error : new SignalingError('internal', String(error));
    if (code !== 'peer-unreachable' && action !== 'rejoin') return signal.accepted.reject(error);
    if (code === 'peer-unreachable' && current) this.#pause.start(retryAfterMs, unreachableDelay);

    if (this.#ended) return signal.accepted.reject(this.#ended);
    this.#waiting = [...this.#waiting, signal].sort((a, b) => a.place - b.place);
    this.#pump();
  }
}
