import { Deferred, delay } from '../async.js';
import type { ConnectRoom } from '../connection/connect-url.js';
import type { HubLink } from '../connection/hub-link.js';
import { SignalingError } from '../errors.js';
import type { Region } from '../regions/region.js';
import { isRefusal } from './refusal.js';
import type { Room } from './room.js';

/** How long one try to connect and join may take, in milliseconds. */
const connectTimeout = 15_000;

/** What an entry needs of its client. */
export interface EntryHost {
  /** The rooms that the app wants to be in. */
  readonly rooms: ReadonlyMap<string, Room>;

  open(entry: Entry, room: ConnectRoom | undefined): HubLink;

  /** The hub takes us. */
  served(entry: Entry): void;

  /** Every room that we were in has had an answer: whether each was resumed. */
  answered(entry: Entry, resumed: boolean): void;

  /** The hub will not have us in the room. */
  refused(room: Room, error: SignalingError): void;

  /** Joining failed for now. */
  failed(room: Room, error: SignalingError): void;

  /** The delay before a try, in milliseconds. */
  reconnectDelay(attempt: number): number;
}

/** The way of all rooms into the hub over one link: the first in the URL, the others by invocation. */
export class Entry {
  /** Where it leads. */
  readonly region: Region;
  readonly link: HubLink;
  /** The room that the URL names. */
  readonly inUrl: Room | undefined;
  /** What the hub calls the region; absent before the first welcome. */
  regionName: string | undefined;
  /** Aborts when its node is about to stop, or the link has ended. */
  readonly leaving = new AbortController();
  readonly #host: EntryHost;
  readonly #serving = new Deferred();
  readonly #complete = new Deferred();
  readonly #unanswered: Set<Room>;
  #started = false;
  #served = false;
  #resumed = true;

  /** @param inUrl whether a room may be named in the URL */
  constructor(host: EntryHost, region: Region, inUrl: (room: Room) => boolean) {
    const rooms = [...host.rooms.values()];
    this.#host = host;
    this.region = region;
    this.#unanswered = new Set(rooms.filter((room) => room.wasEntered));
    this.inUrl = rooms.find((room) => room.fitsUrl(region) && inUrl(room));
    this.link = host.open(this, this.inUrl?.asking.inUrl(region));
    this.link.ended.addEventListener('abort', () => this.leaving.abort());
  }

  /** Whether the link takes invocations. */
  get started(): boolean {
    return this.#started && !this.link.ended.aborted;
  }

  /** Whether the hub has shown that it takes us. */
  get served(): boolean {
    return this.#served;
  }

  /** Whether every room that we were in was resumed; `undefined` while one has no answer. */
  get resumed(): boolean | undefined {
    return this.#unanswered.size === 0 ? this.#resumed : undefined;
  }

  /** Connects, and resolves when the hub takes us. Rejects when it refuses, or the network fails. */
  async open(): Promise<void> {
    const timer = setTimeout(() => void this.link.stop(), connectTimeout);
    try {
      await this.link.start();
      this.#started = true;
      for (const room of this.#host.rooms.values()) if (room !== this.inUrl) void this.join(room);
      await this.#unlessClosed(this.#serving.promise);
    } catch (error) {
      void this.link.stop();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Resolves when every room lives on this link. Rejects when the link ends before. */
  async completed(): Promise<void> {
    await this.#unlessClosed(this.#complete.promise);
  }

  /** Asks for one room by invocation until the hub takes us or refuses. */
  async join(room: Room): Promise<void> {
    for (let attempt = 0; this.#host.rooms.get(room.id) === room && !this.link.ended.aborted; ) {
      try {
        return await this.link.invoke('Join', room.asking.byInvocation(this.region));
      } catch (error) {
        // When the link has ended, the next one joins again.
        if (this.link.ended.aborted) return;
        const refusal = error instanceof SignalingError ? error : new SignalingError('internal', String(error));
        if (refusal.code === 'already-joined') return;
        this.#serve();
        if (refusal.code === 'resume-expired' && room.expired()) continue;
        if (isRefusal(refusal, room.wasEntered)) return this.#host.refused(room, refusal);
        this.#answer(room, false);
        this.#host.failed(room, refusal);
        await delay(refusal.retryAfterMs ?? this.#host.reconnectDelay(attempt++), this.link.ended);
      }
    }
  }

  /** The hub has a welcome for the room. */
  welcomed(room: Room, region: string, resumed: boolean): void {
    this.regionName ??= region;
    this.#serve();
    this.#answer(room, resumed);
  }

  /** The app, or the hub, does not want us in the room. */
  forget(room: Room): void {
    this.#answer(room, true);
  }

  /** A room has entered or was closed: are all that remain here? */
  check(): void {
    const rooms = [...this.#host.rooms.values()];
    if (this.#served && rooms.every((room) => room.link === this.link)) this.#complete.resolve();
  }

  #serve(): void {
    if (this.#served) return;
    this.#served = true;
    this.#serving.resolve();
    this.#host.served(this);
    if (this.#unanswered.size === 0) this.#host.answered(this, true);
  }

  #answer(room: Room, resumed: boolean): void {
    if (!this.#unanswered.delete(room)) return;
    this.#resumed &&= resumed;
    if (this.#served && this.#unanswered.size === 0) this.#host.answered(this, this.#resumed);
  }

  async #unlessClosed(promise: Promise<void>): Promise<void> {
    const closed = this.link.closed.then((error) => {
      throw error ?? new SignalingError('unavailable', 'The hub did not welcome us in time.');
    });
    await Promise.race([promise, closed]);
  }
}
