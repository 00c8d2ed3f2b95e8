import { ChannelCounts } from './channel/counts.js';
import { type ILogger, LogLevel } from '@microsoft/signalr';
import { abortable } from './async.js';
import type { JoinOptions, SignalingClientEvents, SignalingClientOptions } from './client-options.js';
import { fullJitter } from './connection/backoff.js';
import { Heartbeat } from './connection/heartbeat.js';
import type { HubLink } from './connection/hub-link.js';
import { ConnectionKeeper } from './connection/keeper.js';
import { watchNetwork } from './connection/network-watch.js';
import { openLink } from './connection/open-link.js';
import { watchPageEnd } from './connection/page-watch.js';
import type { ConnectionState, StateChange } from './connection/state.js';
import { type GoingAway, type Pong, type RegionInfo, type Removed, type Welcome, errorActions, errorCodes } from './contracts.js';
import { SignalingError } from './errors.js';
import { Emitter, type Handler } from './events.js';
import { knownOr } from './known.js';
import { described, logTo } from './log.js';
import type { Region } from './regions/region.js';
import { Entry, type EntryHost } from './rooms/entry.js';
import { type SessionHandlers, expectVersions, handlersOf } from './rooms/handlers.js';
import { Move } from './rooms/move.js';
import { concernsRoom, isRefusal } from './rooms/refusal.js';
import { Roaming } from './rooms/roaming.js';
import { Room, type RoomHost } from './rooms/room.js';

/**
 * A connection to the signaling hub that stays: it connects when the first room is joined, and when it is lost it comes back and resumes
 * every room (or rejoins it, when that took too long), until it is closed.
 */
export class SignalingClient {
  readonly #rooms = new Map<string, Room>();
  readonly #events: Emitter<SignalingClientEvents>;
  readonly #reconnectDelay: (attempt: number) => number;
  readonly #host: RoomHost;
  readonly #repairs = new ChannelCounts();
  readonly #roaming: Roaming;
  readonly #entryHost: EntryHost;
  readonly #keeper: ConnectionKeeper;
  readonly #logger: ILogger;
  readonly #unwatch: (() => void)[];
  readonly #notInUrl = new WeakSet<Room>();
  /** Over the link of this try, from its start. */
  #current: Entry | undefined;
  /** To another link, while the current one is going away. */
  #move: Move | undefined;
  /** The last move to another region. */
  #relocation: Promise<unknown> = Promise.resolve();
  #heartbeat: Heartbeat | undefined;
  /** Whether the next try is to come at once. */
  #hurry = false;
  /** Of what could be resumed in the URL one was too late: the others ask by invocation, where that costs no connection. */
  #expired = false;
  #state: ConnectionState = 'idle';
  #roundTripMs: number | undefined;

  /**
   * @param at the hub's address, absolute or relative to the page, such as `/signaling`; or the regions of the service, each with its base
   * URL: the client connects to the nearest one that is ready, to the next when that fails, and goes back (`returnToNearest`)
   */
  constructor(at: string | URL | readonly RegionInfo[], options: SignalingClientOptions = {}) {
    this.#roaming = new Roaming(at instanceof URL ? String(at) : at, options, {
      wanted: () => this.#wanted,
      retry: () => this.#retry(),
      alone: () => [...this.#rooms.values()].every((room) => room.peers.size === 0),
      moveTo: (region, from) => this.#moveTo(region, from),
      changed: (change) => this.#events.emit('regionchanged', change),
      stays: ({ name }, { message }) => this.#logger.log(LogLevel.Warning, `Moving to the region ${name} failed; staying. ${message}`),
    });
    this.#reconnectDelay = options.reconnectDelay ?? fullJitter;
    this.#logger = logTo(options.logger ?? LogLevel.Warning);
    const onHandlerError = (error: unknown) => this.#logger.log(LogLevel.Error, `A handler of the app failed: ${described(error)}`);
    this.#events = new Emitter<SignalingClientEvents>(onHandlerError);
    this.#host = {
      repairs: this.#repairs,
      onHandlerError,
      retryDelay: this.#reconnectDelay,
      leave: (room) => this.#leave(room),
      rejoin: (id) => this.#rejoin(id),
      leaving: (link) => this.#isLeaving(link),
    };
    const sessionHandlers: SessionHandlers = {
      welcome: (welcome, entry) => this.#welcome(welcome, entry),
      removed: (removed, entry, room) => this.#removed(removed, entry, room),
      goingAway: (goingAway, entry) => this.#goingAway(goingAway, entry),
    };
    this.#entryHost = {
      rooms: this.#rooms,
      open: (entry, room) => openLink(entry.region.hub, room, options, handlersOf(this.#rooms, entry, sessionHandlers)),
      served: (entry) => this.#served(entry),
      answered: (entry, resumed) => this.#answered(entry, resumed),
      refused: (room, error) => this.#refuse(room, error),
      failed: ({ id }, { message }) => this.#logger.log(LogLevel.Warning, `Joining ${id} failed; trying again. ${message}`),
      reconnectDelay: this.#reconnectDelay,
    };
    this.#keeper = new ConnectionKeeper({
      connect: () => this.#connect(),
      successor: (ended) => this.#successor(ended),
      failed: (error) => this.#failed(error),
      wanted: () => this.#wanted,
      down: (error, retryInMs) => this.#down(error, retryInMs),
      rested: () => this.#rested(),
      reconnectDelay: this.#reconnectDelay,
    });
    this.#unwatch = [watchNetwork(() => this.notifyNetworkChanged()), watchPageEnd(() => this.#sayLeave())];
  }

  /** Where the connection stands. */
  get state(): ConnectionState {
    return this.#state;
  }

  /** The round trip to the hub that was measured last, in milliseconds; `undefined` while there is none. */
  get roundTripMs(): number | undefined {
    return this.#roundTripMs;
  }

  /** The region that we are connected to, or were last; `undefined` before the first connection. */
  get region(): RegionInfo | undefined {
    return this.#roaming.region;
  }

  /** Attaches a handler; the function returned detaches it. */
  on<Type extends keyof SignalingClientEvents>(type: Type, handler: Handler<SignalingClientEvents[Type]>): () => void {
    return this.#events.on(type, handler);
  }

  /**
   * Joins a room as a new peer, connecting when needed. A first connect that fails is tried again until it holds or `signal` aborts.
   * What the hub refuses rejects at once with a {@link SignalingError}: `not-allowed`, `unauthorized`, `room-full`, `invalid-room`,
   * `invalid-name`, `invalid-attributes`, `too-many-rooms`, or `already-joined` when this client is in the room.
   */
  async joinRoom(id: string, { name, attributes = {}, signal }: JoinOptions = {}): Promise<Room> {
    signal?.throwIfAborted();
    if (this.#state === 'closed') throw new Error('The client is closed.');
    if (this.#rooms.has(id)) throw new SignalingError('already-joined', 'This client is in the room already.');
    const room = new Room(id, name, { ...attributes }, this.#host);
    this.#rooms.set(id, room);
    this.#join(room);
    if (this.#state === 'idle') this.#setState('connecting');
    this.#keeper.run();
    try {
      return await abortable(room.entered, signal);
    } catch (error) {
      if (this.#rooms.get(id) === room) this.#abandon(room, error);
      throw error;
    }
  }

  /** Tell it that the network may have changed or the app woke up: a lost connection is then noticed, and made anew, at once. */
  notifyNetworkChanged(): void {
    this.#keeper.wake();
    void this.#heartbeat?.check();
  }

  /** Leaves every room and ends the connection, for good. */
  async close(): Promise<void> {
    if (this.#state !== 'closed') {
      this.#setState('closed');
      for (const stop of this.#unwatch) stop();
      this.#sayLeave();
      const error = new Error('The client was closed.');
      for (const room of [...this.#rooms.values()]) {
        this.#forget(room);
        room.close({ reason: 'client-closed' }, error);
      }

      this.#keeper.wake();
      this.#roaming.cancel();
      await Promise.all([this.#current?.link.stop(), this.#move?.next?.link.stop()]);
    }

    await this.#keeper.rest;
  }

  get #wanted(): boolean {
    return this.#state !== 'closed' && this.#rooms.size > 0;
  }

  async #connect(): Promise<HubLink> {
    this.#hurry = false;
    if (this.#roaming.hasChoice && this.#state === 'connecting') await this.#roaming.choose();
    this.#roaming.lost();
    const entry = (this.#current = this.#newEntry());
    await entry.open();
    return entry.link;
  }

  /** A region that is no good makes way for another at once. */
  #retry(): void {
    this.#hurry = true;
    this.#keeper.wake();
    if (!this.#current?.served) void this.#current?.link.stop();
  }

  #newEntry(region = this.#roaming.target): Entry {
    return new Entry(this.#entryHost, region, (room) => !this.#notInUrl.has(room) && !(this.#expired && room.isResumable));
  }

  #welcome(welcome: Welcome, entry: Entry): void {
    const { link } = entry;
    const room = this.#rooms.get(welcome.room);
    const before = room?.link;
    const late = entry !== this.#move?.next && (entry !== this.#current || (before !== undefined && before === this.#move?.next?.link));
    // Nobody asks for it any more, or the room has moved on from this link.
    if (!room || late) return link.post('Leave', { room: welcome.room });
    const resumed = welcome.resumed === true;
    entry.welcomed(room, welcome.region, resumed);
    if (entry === this.#current) this.#roaming.settle(entry);
    room.welcome(welcome, entry, entry === this.#move?.next);
    if (!resumed && before && before !== link) before.post('Leave', { room: room.id });
    entry.check();
  }

  #served(entry: Entry): void {
    if (entry !== this.#current) return;
    this.#roaming.found();
    this.#expired = false;
    if (this.#state === 'connecting') this.#setState('connected');
    this.#beat(entry);
  }

  #answered(entry: Entry, resumed: boolean): void {
    if (entry === this.#current && this.#state === 'reconnecting') this.#setState('connected', { resumed });
  }

  #beat({ link }: Entry): void {
    const answered = (roundTripMs: number, pong: Pong) => {
      this.#roundTripMs = roundTripMs;
      expectVersions(this.#rooms, link, pong);
    };
    this.#heartbeat = new Heartbeat(link, this.#repairs, { answered });
    void this.#heartbeat.run();
  }

  #removed({ peerId, code, action }: Removed, entry: Entry, room: Room | undefined): void {
    if (!room || room.peerId !== peerId) return;
    const known = knownOr(errorActions, action, 'unknown');
    const error = new SignalingError(knownOr(errorCodes, code, 'unknown'), 'The hub has taken the peer from this connection.', { action: known });
    if (this.#isLeaving(entry.link) && error.code !== 'room-full') return;
    if (known === 'give-up' || known === 'unknown' || error.code === 'room-full') return this.#refuse(room, error);
    if (known === 'rejoin') room.expired();
    room.lost();
    void entry.join(room);
  }

  /** Over the newest link, or over the next one to come. */
  #join(room: Room): void {
    const entry = this.#move?.next ?? this.#current;
    if (entry?.started) void entry.join(room);
  }

  #rejoin(id: string): void {
    const room = this.#rooms.get(id);
    room?.expired();
    if (room) this.#join(room);
  }

  #isLeaving(link: HubLink): boolean {
    return this.#move?.begun === true && this.#current?.link === link;
  }

  #goingAway(goingAway: GoingAway, entry: Entry): void {
    if (entry !== this.#current || !entry.served || entry.leaving.signal.aborted) return;
    entry.leaving.abort();
    this.#roaming.lost();
    // A move to another region that is under way may make it needless.
    void this.#relocation.then(async () => {
      if (this.#current === entry) await this.#moveBy(this.#newMove(entry.link), (move) => move.run(goingAway));
    });
  }

  /** The rooms are joined anew in another region. */
  async #moveTo(region: Region, { link }: Entry): Promise<Error | boolean> {
    // Without rooms there is nothing to move; the next one brings a connection to the better region.
    if (this.#rooms.size === 0) return link.stop().then(() => true);
    const error = await (this.#relocation = this.#moveBy(this.#newMove(link, region), (move) => move.once()));
    if (error) for (const room of this.#rooms.values()) if (!room.link) this.#join(room);
    return error ?? this.#current?.link !== link;
  }

  async #moveBy<T>(move: Move, how: (move: Move) => Promise<T>): Promise<T> {
    const outcome = await how((this.#move = move));
    if (this.#move === move) this.#move = undefined;
    return outcome;
  }

  /** @param region where to; by default where a connection would go then */
  #newMove(old: HubLink, region?: Region): Move {
    return new Move(old, {
      rooms: this.#rooms,
      newEntry: () => this.#newEntry(region),
      adopt: (next) => this.#adopt(next),
      // Only what is about one room is final: the others still have a link, and a normal reconnect to come.
      failed: (entry, error) => this.#judge(entry, error, []),
      wanted: () => this.#wanted,
      reconnectDelay: this.#reconnectDelay,
    });
  }

  /** The rooms now live on this link. */
  #adopt(next: Entry): void {
    const old = this.#current;
    this.#current = next;
    this.#move = undefined;
    this.#expired = false;
    this.#roaming.found();
    this.#beat(next);
    this.#roaming.settle(next);
    if (next.resumed !== undefined) this.#answered(next, next.resumed);
    for (const room of this.#rooms.values()) if (room.link !== next.link) room.lost();
    void old?.link.retire();
  }

  /** A link that has ended is followed by the one to which the rooms have moved, or were about to. */
  #successor(ended: HubLink): HubLink | undefined {
    if (this.#current?.link === ended) this.#move?.cut();
    return this.#current?.link === ended ? undefined : this.#current?.link;
  }

  /** A try failed or the link ended: says what that means for the rooms, and whether to try again at once. */
  #failed(error: Error | undefined): boolean {
    const entry = this.#current;
    this.#move = undefined;
    this.#current = undefined;
    this.#heartbeat = undefined;
    this.#roundTripMs = undefined;
    for (const room of this.#rooms.values()) room.lost();
    this.#roaming.lost();
    if (entry === undefined || entry.served) return this.#hurry;
    if (!this.#hurry) this.#roaming.failed();
    return this.#judge(entry, error, [...this.#rooms.values()]) || this.#hurry;
  }

  /**
   * What a refused connect means for the rooms; whether to try again at once.
   * @param all who is concerned by an error that is not about the room in the URL
   */
  #judge({ inUrl }: Entry, error: Error | undefined, all: readonly Room[]): boolean {
    if (!(error instanceof SignalingError)) return false;
    if (error.code === 'resume-expired' && inUrl?.expired()) return (this.#expired = true);
    for (const room of concernsRoom(error) && inUrl ? [inUrl] : all) {
      if (isRefusal(error, room.wasEntered)) this.#refuse(room, error);
      else if (error.code === 'room-full') this.#notInUrl.add(room);
    }

    return false;
  }

  #down(error: Error | undefined, retryInMs: number): void {
    const state = this.#state === 'connecting' ? 'connecting' : 'reconnecting';
    this.#setState(state, { ...(error && { error }), reason: error?.message ?? 'The connection ended.', retryInMs });
  }

  #rested(): void {
    this.#roaming.found();
    if (this.#state !== 'closed') this.#setState('idle');
  }

  async #leave(room: Room): Promise<void> {
    if (this.#rooms.get(room.id) !== room) return;
    const link = room.link ?? (this.#current?.started ? this.#current.link : undefined);
    this.#abandon(room, new Error('We have left the room.'));
    // Whatever goes wrong here, we are out of it.
    await link?.invoke('Leave', { room: room.id }).catch(() => {});
  }

  /** While the rooms move, it is not known over which link the hub listens. */
  #sayLeave(): void {
    for (const entry of [this.#current, this.#move?.next]) {
      if (!entry?.started) continue;
      for (const id of this.#rooms.keys()) entry.link.post('Leave', { room: id });
    }
  }

  #refuse(room: Room, error: SignalingError): void {
    this.#forget(room);
    room.close({ reason: 'refused', error }, error);
  }

  /** The app does not want the room (any more). */
  #abandon(room: Room, error: unknown): void {
    this.#forget(room);
    room.close({ reason: 'left' }, error as Error);
    if (this.#wanted) return;
    this.#keeper.wake();
    this.#roaming.cancel();
    if (!this.#current?.served) void this.#current?.link.stop();
  }

  #forget(room: Room): void {
    if (this.#rooms.get(room.id) === room) this.#rooms.delete(room.id);
    for (const entry of [this.#current, this.#move?.next]) {
      entry?.forget(room);
      entry?.check();
    }
  }

  #setState(state: ConnectionState, details: Omit<StateChange, 'state' | 'previous'> = {}): void {
    const previous = this.#state;
    this.#state = state;
    this.#events.emit('statechanged', { state, previous, ...details });
  }
}
