import { Deferred } from '../../src/async.js';
import type { Signal } from '../../src/contracts.js';
import type { SignalPort } from '../../src/rooms/paths/signal-path.js';

/** The way to a hub that answers when, and what, the test says. */
export class FakePort implements SignalPort {
  joined = true;
  readonly sends: { readonly signal: Omit<Signal, 'room'>; readonly answer: Deferred }[] = [];

  async send(signal: Omit<Signal, 'room'>): Promise<void> {
    const answer = new Deferred();
    this.sends.push({ signal, answer });
    await answer.promise;
  }

  post(): void {}

  retryDelay(): number {
    return 100;
  }
}
