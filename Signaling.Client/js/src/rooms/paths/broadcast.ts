import { Deferred } from '../../async.js';
import { SignalingError } from '../../errors.js';
import { type Tracing, until } from '../../tracing/tracing.js';
import { assertFits, fits } from '../message-size.js';
import { type Payload, dataPayload, under } from './payload.js';
import type { Copy } from './reliable-path.js';
import type { RemotePeer } from '../remote-peer.js';
import type { SignalPort, Unsent } from './signal-path.js';

/** Most signals to the room that wait for the connection. */
const capacity = 256;

/** App data to the whole room: one invocation that carries the sequence number of each receiver's copy. */
export class Broadcast {
  readonly #port: SignalPort;
  readonly #peers: ReadonlyMap<string, RemotePeer>;
  readonly #tracing: Tracing;
  #waiting: Unsent[] = [];

  constructor(port: SignalPort, peers: ReadonlyMap<string, RemotePeer>, tracing: Tracing) {
    this.#port = port;
    this.#peers = peers;
    this.#tracing = tracing;
  }

  async send(data: unknown, messageBytes: number): Promise<void> {
    const content = dataPayload(data);
    assertFits(content, messageBytes);
    const span = this.#tracing.send('data', undefined);
    await until(span, this.#send(under(span.traceparent, content), messageBytes));
  }

  /** The connection is back. */
  flush(messageBytes: number): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { payload, accepted } of waiting) this.#toAll(payload, messageBytes).then(accepted.resolve, accepted.reject);
  }

  close(error: Error): void {
    for (const { accepted } of this.#waiting) accepted.reject(error);
    this.#waiting = [];
  }

  async #send(payload: Payload, messageBytes: number): Promise<void> {
    if (this.#port.joined) return this.#toAll(payload, messageBytes);
    if (this.#waiting.length >= capacity) throw new SignalingError('unavailable', 'Too many signals to the room wait for the connection.');
    const accepted = new Deferred();
    this.#waiting.push({ payload, accepted });
    await accepted.promise;
  }

  async #toAll(payload: Payload, messageBytes: number): Promise<void> {
    const channels = [...this.#peers.values()].flatMap(({ id, reliable }) => (reliable ? [{ id, reliable }] : []));
    const numbered = Object.fromEntries(channels.map(({ id }) => [id, Number.MAX_SAFE_INTEGER]));
    const together = channels.every(({ reliable }) => reliable.canReserve) && fits({ ...payload, seqs: numbered }, messageBytes);
    if (together) await this.#inOne(payload, channels.map(({ id, reliable }) => [id, reliable.reserve(payload)]));
    else await toThoseWhoStay([...this.#peers.values()].map((peer) => peer.sendCopy(payload)));
  }

  async #inOne(payload: Payload, copies: [string, Copy][]): Promise<void> {
    const seqs = Object.fromEntries(copies.map(([id, { seq }]) => [id, seq]));
    let others: Promise<void>[] = [];
    try {
      await this.#port.send({ ...payload, ...(copies.length > 0 && { seqs }) });
      for (const [, copy] of copies) copy.sent();
    } catch (error) {
      // The channels repeat their copy, or refuse it. Those without one get it only where the hub has certainly not taken it.
      for (const [, copy] of copies) copy.failed(error);
      if (isUntaken(error)) others = this.#withoutChannel.map((peer) => peer.sendCopy(payload));
      else if (copies.length === 0) throw error;
    }

    await toThoseWhoStay([...others, ...copies.map(([, { accepted }]) => accepted)]);
  }

  get #withoutChannel(): RemotePeer[] {
    return [...this.#peers.values()].filter(({ reliable }) => !reliable);
  }
}

/** Whether the hub has handed it to nobody, and would later. */
function isUntaken(error: unknown): boolean {
  return error instanceof SignalingError && (error.code === 'peer-unreachable' || error.action === 'rejoin');
}

/** That someone leaves meanwhile is no failure of a signal to all. */
async function toThoseWhoStay(sends: readonly Promise<void>[]): Promise<void> {
  await Promise.all(sends.map((send) => send.catch((error) => {
    if (!(error instanceof SignalingError) || error.code !== 'peer-not-in-room') throw error;
  })));
}
