import { fullJitter } from '../connection/backoff.js';

/** The least time that a restart gets before the next one, in milliseconds: gathering and checks take a while. */
const patience = 5_000;

/** Restarts ICE when a connection has failed: at once, then with growing delays for as long as it stays failed. */
export class IceRestarter {
  readonly #restart: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #restarts = 0;

  constructor(restart: () => void) {
    this.#restart = restart;
  }

  changed(state: RTCPeerConnectionState): void {
    if (state === 'connected' || state === 'closed') this.stop();
    else if (state === 'failed' && this.#timer === undefined) this.#again();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#restarts = 0;
  }

  #again(): void {
    this.#restart();
    this.#timer = setTimeout(() => this.#again(), patience + fullJitter(this.#restarts++));
  }
}
