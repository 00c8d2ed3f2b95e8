import { delay } from '../async.js';
import type { ChannelCounts } from '../channel/counts.js';
import { type Ping, type Pong, signalingLimits } from '../contracts.js';
import type { HubLink } from './hub-link.js';

const leastInterval = 10_000;
const mostInterval = 20_000;
const answerTimeout = 15_000;
const answerTimeoutAfterChange = 2_000;

/** What a heartbeat learns. */
export interface HeartbeatEvents {
  answered(roundTripMs: number, pong: Pong): void;
}

/** Pings every 10 to 20 s, and ends a link that does not answer. */
export class Heartbeat {
  readonly #link: HubLink;
  readonly #events: HeartbeatEvents;
  readonly #repairs: ChannelCounts;
  #roundTripMs: number | undefined;

  /** @param repairs what the pings tell besides */
  constructor(link: HubLink, repairs: ChannelCounts, events: HeartbeatEvents) {
    this.#repairs = repairs;
    this.#link = link;
    this.#events = events;
  }

  /** Pings at once and then on, until the link ends. */
  async run(): Promise<void> {
    while (!this.#link.ended.aborted) {
      await this.#ping(answerTimeout);
      await delay(leastInterval + Math.random() * (mostInterval - leastInterval), this.#link.ended);
    }
  }

  /** The network may have changed: asks whether the connection still holds, with less patience. */
  async check(): Promise<void> {
    await this.#ping(answerTimeoutAfterChange);
  }

  async #ping(timeout: number): Promise<void> {
    const timer = setTimeout(() => void this.#link.stop(), timeout);
    const sentAt = performance.now();
    const counts = this.#repairs.take();
    try {
      const pong = await this.#link.invoke('Ping', this.#message(counts));
      this.#roundTripMs = performance.now() - sentAt;
      this.#events.answered(this.#roundTripMs, pong);
    } catch {
      // An error of the hub is an answer too; a lost connection has its own way of being noticed.
      this.#repairs.giveBack(counts);
    } finally {
      clearTimeout(timer);
    }
  }

  #message({ retransmitted, duplicates }: ReturnType<ChannelCounts['take']>): Ping {
    return {
      ...(this.#roundTripMs !== undefined && { roundTripMs: this.#roundTripMs }),
      ...(retransmitted > 0 && { retransmitted: Math.min(retransmitted, signalingLimits.maxCountPerPing) }),
      ...(duplicates > 0 && { duplicates: Math.min(duplicates, signalingLimits.maxCountPerPing) }),
    };
  }
}
