import { Deferred, delay } from '../async.js';
import type { HubLink } from '../connection/hub-link.js';
import type { ISignalingHub, Signal } from '../contracts.js';
import { ConnectionLostError, SignalingError } from '../errors.js';
import type { SignalPort } from './paths/signal-path.js';

/** What a room asks of its client. */
export interface SessionHost {
  /** The hub does not know us in the room (any more), though the connection holds: join again. */
  rejoin(room: string): void;

  /** Whether the rooms are about to leave this link for another, which may have taken over our peers already. */
  leaving(link: HubLink): boolean;

  /** The delay before a repetition, in milliseconds. */
  retryDelay(attempt: number): number;
}

/** Our being a peer of a room: over one link after the other, for as long as the app stays. */
export class RoomSession implements SignalPort {
  readonly room: string;
  readonly #host: SessionHost;
  #link: HubLink | undefined;
  #joined = new Deferred<HubLink>();
  #closed = false;

  constructor(room: string, host: SessionHost) {
    this.room = room;
    this.#host = host;
  }

  get joined(): boolean {
    return this.#link !== undefined;
  }

  get link(): HubLink | undefined {
    return this.#link;
  }

  /** The hub has welcomed us on this link. */
  entered(link: HubLink): void {
    if (this.#link) this.#joined = new Deferred();
    this.#link = link;
    this.#joined.resolve(link);
  }

  /** The link is gone, or the hub has forgotten us. */
  lost(): void {
    if (!this.#link || this.#closed) return;
    this.#link = undefined;
    this.#joined = new Deferred();
  }

  close(error: Error): void {
    this.#closed = true;
    this.#link = undefined;
    this.#joined = new Deferred();
    this.#joined.reject(error);
  }

  retryDelay(attempt: number): number {
    return this.#host.retryDelay(attempt);
  }

  async send(signal: Omit<Signal, 'room'>): Promise<void> {
    const link = this.#link;
    if (!link) throw new ConnectionLostError();
    try {
      await link.invoke('Send', { room: this.room, ...signal });
    } catch (error) {
      if (error instanceof SignalingError && error.action === 'rejoin') this.#forgotten(link);
      throw error;
    }
  }

  post(signal: Omit<Signal, 'room'>): void {
    this.#link?.post('Send', { room: this.room, ...signal });
  }

  /** Asks something that may be asked twice, until the hub gives an answer that counts, or so many times. */
  async ask<Method extends keyof ISignalingHub>(
    method: Method,
    argument: Parameters<ISignalingHub[Method]>[0],
    most = Infinity,
  ): Promise<Awaited<ReturnType<ISignalingHub[Method]>>> {
    for (let attempt = 0; ; attempt++) {
      const link = await this.#joined.promise;
      try {
        return (await link.invoke(method, argument as never)) as Awaited<ReturnType<ISignalingHub[Method]>>;
      } catch (error) {
        if (attempt + 1 >= most) throw error;
        if (error instanceof ConnectionLostError) await link.closed.then(() => this.#lostOn(link));
        else if (error instanceof SignalingError && error.action === 'rejoin') this.#forgotten(link);
        else if (error instanceof SignalingError && (error.action === 'retry' || error.action === 'retry-later')) {
          await delay(error.retryAfterMs ?? this.retryDelay(attempt));
        } else throw error;
      }
    }
  }

  /** The hub does not know us in the room, though the connection holds: it has forgotten us, or we live on another one already. */
  #forgotten(link: HubLink): void {
    if (this.#link !== link) return;
    this.lost();
    if (!this.#host.leaving(link)) this.#host.rejoin(this.room);
  }

  #lostOn(link: HubLink): void {
    if (this.#link === link) this.lost();
  }
}
