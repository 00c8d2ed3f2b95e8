import { monotonicNow } from '../async.js';
import { fullJitter } from '../connection/backoff.js';

/** The least time that a restart gets before the next one, in milliseconds: gathering and checks take a while. */
const patience = 5_000;

/** How long a lost path may come back by itself. */
const grace = 3_000;

/** By how much the polite side lets the other go first, so that one restart does for both. */
const courtesy = 2_500;

/** A change of the network often comes as several. */
const leastGap = 1_000;

/** How long after a resume a loss of the path is put down to what cut the connection to the hub. */
const aftermath = 20_000;

/** Most restarts in a row; with their delays, a good minute. */
const mostTries = 8;

/** What a restarter does to its connection. */
export interface Restarts {
  /** @param again whether the restart before did not help */
  restart(again: boolean): void;
  /** No restart has helped. */
  gaveUp(): void;
}

/**
 * Decides when to restart ICE: when the connection has failed, when it was disconnected for a while, and when the network has changed; then
 * again, with growing delays, until it is connected or eight did not help. What both ends see, the impolite one repairs, whose offer holds in
 * glare; the polite one follows when nothing has come of that.
 */
export class IceRestarter {
  readonly #restarts: Restarts;
  readonly #head: number;
  #state: RTCPeerConnectionState = 'new';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dueAt = Infinity;
  #lastAt = -Infinity;
  #doubtUntil = -Infinity;
  #tries = 0;

  constructor(restarts: Restarts, polite: boolean) {
    this.#restarts = restarts;
    this.#head = polite ? courtesy : 0;
  }

  changed(state: RTCPeerConnectionState): void {
    this.#state = state;
    if (state === 'connected' || state === 'closed') this.stop();
    else if (this.#isLost && monotonicNow() < this.#doubtUntil) this.#doubt();
    else if (this.#isLost && this.#tries === 0) this.#within(this.#head + (state === 'failed' ? 0 : grace));
  }

  /** Restarts now, with all tries ahead. */
  now(): void {
    if (this.#state === 'closed') return;
    this.stop();
    this.#restart();
  }

  /** The network has changed. A connection that has not begun needs nothing. */
  networkChanged(): void {
    if (this.#state !== 'new') this.#doubt();
  }

  /** What cut the connection to the hub may have cut the path too, which is slower to notice. */
  resumed(): void {
    if (this.#isLost) this.#doubt();
    else this.#doubtUntil = monotonicNow() + aftermath;
  }

  /** The peer can be reached again. */
  peerReturned(): void {
    if (!this.#isLost) return;
    this.stop();
    this.#within(this.#head);
  }

  /** The other side has restarted: that gets its time. */
  otherRestarted(): void {
    if (this.#state === 'connected' || this.#dueAt === Infinity) return;
    this.#tries++;
    this.#again();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#dueAt = Infinity;
    this.#tries = 0;
  }

  get #isLost(): boolean {
    return this.#state === 'failed' || this.#state === 'disconnected';
  }

  /** This end knows that the path is in doubt, the other may not. */
  #doubt(): void {
    if (this.#state === 'closed') return;
    this.#doubtUntil = -Infinity;
    this.stop();
    this.#after(this.#lastAt + leastGap - monotonicNow(), () => this.#restart());
  }

  #within(ms: number): void {
    if (monotonicNow() + ms < this.#dueAt) this.#after(ms, () => this.#restart());
  }

  #restart(): void {
    this.#lastAt = monotonicNow();
    const again = this.#tries++ > 0;
    this.#again();
    this.#restarts.restart(again);
  }

  #again(): void {
    this.#after(patience + fullJitter(this.#tries - 1), () => {
      // A restart of a connection that holds does not show in its state.
      if (this.#state === 'connected') this.stop();
      else if (this.#tries < mostTries) this.#restart();
      else this.#restarts.gaveUp();
    });
  }

  #after(ms: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#dueAt = monotonicNow() + ms;
    const due = () => {
      this.#dueAt = Infinity;
      act();
    };
    if (ms <= 0) due();
    else this.#timer = setTimeout(due, ms);
  }
}
