import type { Signal } from '../contracts.js';
import { SignalingError } from '../errors.js';
import { type Payload, payloadOf } from './payload.js';
import type { SignalPath, SignalPort, Unsent } from './signal-path.js';

/** At-most-once delivery, to and from a peer that does not acknowledge. */
export class PlainPath implements SignalPath {
  readonly #to: string;
  readonly #port: SignalPort;
  readonly #deliver: (payload: Payload) => void;

  constructor(to: string, port: SignalPort, deliver: (payload: Payload) => void) {
    this.#to = to;
    this.#port = port;
    this.#deliver = deliver;
  }

  async send(payload: Payload): Promise<void> {
    if (!this.#port.joined) throw new SignalingError('unavailable', 'Not connected, and this peer has no reliable channel.');
    await this.#port.send({ to: this.#to, ...payload });
  }

  receive(signal: Signal): void {
    const payload = payloadOf(signal);
    if (payload) this.#deliver(payload);
  }

  end(): Unsent[] {
    return [];
  }

  adopt(unsent: Unsent[]): void {
    for (const { payload, accepted } of unsent) this.send(payload).then(accepted.resolve, accepted.reject);
  }
}
