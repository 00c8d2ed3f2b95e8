import { expect, test } from 'vitest';
import recorded from '../../../channel-cases.json' with { type: 'json' };
import { ReliableChannel } from '../../src/channel/reliable-channel.js';

interface Step {
  call: string;
  now: number;
  seq?: number;
  ack?: number;
  payload?: string;
  room?: number;
  result?: number;
  delivered?: string[];
  frames?: { seq?: number; ack: number; payload?: string }[];
  nextTimer?: number;
}

/** The recording has texts; the channel wants objects of which it can tell one from another. */
type Text = { text: string };

class Replay {
  readonly #channel = new ReliableChannel<Text>();
  readonly #texts = new Map<string, Text>();

  run(step: Step): void {
    const payload = step.payload === undefined ? undefined : this.#text(step.payload);
    const delivered: string[] = [];
    let room = step.room ?? 0;
    const deliver = ({ text }: Text) => room-- > 0 && delivered.push(text) > 0;
    const result = this.#call(step, payload, deliver);
    if (result !== undefined) expect(result, describe(step)).toBe(step.result);
    expect(delivered, describe(step)).toEqual(step.delivered ?? []);
  }

  /** The result of a call that has one; `null` stands for the number that was not given. */
  #call(step: Step, payload: Text | undefined, deliver: (payload: Text) => boolean): number | undefined {
    const channel = this.#channel;
    switch (step.call) {
      case 'enqueue':
        return Number(channel.tryEnqueue(payload!));
      case 'withdraw':
        return Number(channel.withdraw(payload!));
      case 'reserve':
        expect(channel.reserve(payload!, step.now), describe(step)).toBe(step.result);
        return undefined;
      case 'receive':
        return void channel.receive(step.seq, step.ack, payload, deliver, step.now);
      case 'deliverHeld':
        return void channel.deliverHeld(deliver, step.now);
      case 'reconnected':
        return void channel.reconnected(step.now);
      case 'postponed':
        return void channel.postponed(step.seq!);
      case 'refused':
        return void channel.refused(step.seq!);
      case 'take':
        return this.#take(step);
      default:
        throw new Error(`No call is known as ${step.call}.`);
    }
  }

  #take(step: Step): undefined {
    const frames = [];
    for (let frame; (frame = this.#channel.takeNext(step.now)); ) {
      frames.push({ ...frame, ...(frame.payload && { payload: frame.payload.text }) });
    }

    expect(frames, describe(step)).toEqual(step.frames);
    expect(this.#channel.nextTimer, describe(step)).toBe(step.nextTimer);
  }

  #text(text: string): Text {
    let object = this.#texts.get(text);
    if (!object) this.#texts.set(text, (object = { text }));
    return object;
  }
}

function describe(step: Step): string {
  return JSON.stringify(step);
}

test.each(recorded.cases as { name: string; steps: Step[] }[])('$name: every call has the outcome that was recorded in C#', ({ steps }) => {
  const replay = new Replay();
  for (const step of steps) replay.run(step);
});
