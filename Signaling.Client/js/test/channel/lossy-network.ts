import { ReliableChannel } from '../../src/channel/reliable-channel.js';
import type { Frame } from '../../src/channel/frame.js';

/** How a way treats a signal: what it loses, doubles, and how late it is (which also reorders), in milliseconds. */
export interface Fate {
  readonly copies: number;
  readonly delays: readonly number[];
}

/** What a run sends: at which time, from which end. */
export interface Send {
  readonly at: number;
  readonly from: 0 | 1;
}

export interface Message {
  readonly text: string;
}

interface Arrival {
  readonly at: number;
  readonly order: number;
  readonly to: 0 | 1;
  readonly frame: Frame<Message>;
}

/** Two channels and the network between them, in one virtual time. */
export class LossyNetwork {
  readonly ends = [new ReliableChannel<Message>(), new ReliableChannel<Message>()] as const;
  readonly delivered: [string[], string[]] = [[], []];
  mostHeld = 0;
  mostInFlight = 0;
  readonly #fate: (now: number) => Fate;
  /** Whether an app takes a signal now. */
  readonly #takes: (now: number) => boolean;
  #arrivals: Arrival[] = [];
  #orders = 0;
  #now = 0;

  constructor(fate: (now: number) => Fate, takes: (now: number) => boolean = () => true) {
    this.#fate = fate;
    this.#takes = takes;
  }

  get now(): number {
    return this.#now;
  }

  /** Runs until nothing is left to do, or to the limit. */
  run(sends: readonly Send[], limit: number): void {
    const todo = sends.map((send, index) => ({ ...send, text: `${send.from}:${index}` })).sort((a, b) => a.at - b.at);
    for (;;) {
      this.#pump(0);
      this.#pump(1);
      const next = Math.min(todo[0]?.at ?? Infinity, ...this.#arrivals.map(({ at }) => at), ...this.ends.map((end) => end.nextTimer ?? Infinity));
      if (next > limit) return;
      this.#now = Math.max(this.#now, next);
      while (todo[0] && todo[0].at <= this.#now) {
        const { from, text } = todo.shift()!;
        if (!this.ends[from].tryEnqueue({ text })) throw new Error('The queue is full.');
      }

      this.#arrive();
    }
  }

  #pump(from: 0 | 1): void {
    for (let frame; (frame = this.ends[from].takeNext(this.#now)); ) {
      const { copies, delays } = this.#fate(this.#now);
      for (let copy = 0; copy < copies; copy++) {
        this.#arrivals.push({ at: this.#now + (delays[copy] ?? 0), order: this.#orders++, to: from === 0 ? 1 : 0, frame });
      }
    }

    this.mostInFlight = Math.max(this.mostInFlight, this.ends[from].inFlight);
  }

  #arrive(): void {
    const due = this.#arrivals.filter(({ at }) => at <= this.#now).sort((a, b) => a.at - b.at || a.order - b.order);
    this.#arrivals = this.#arrivals.filter(({ at }) => at > this.#now);
    for (const { to, frame } of due) {
      const end = this.ends[to];
      const deliver = ({ text }: Message) => this.#takes(this.#now) && this.delivered[to].push(text) > 0;
      end.receive(frame.seq, frame.ack, frame.payload, deliver, this.#now);
      this.mostHeld = Math.max(this.mostHeld, end.held);
    }
  }
}
