import { type ILogger, LogLevel } from '@microsoft/signalr';
import { abortable } from './async.js';
import { fullJitter } from './connection/backoff.js';
import { Heartbeat } from './connection/heartbeat.js';
import type { ClientHandlers, HubLink } from './connection/hub-link.js';
import { ConnectionKeeper } from './connection/keeper.js';
import { watchNetwork } from './connection/network-watch.js';
import { type LinkOptions, openLink } from './connection/open-link.js';
import { watchPageEnd } from './connection/page-watch.js';
import type { ConnectionState, StateChange } from './connection/state.js';
import { type GoingAway, type Pong, type Removed, type Welcome, errorActions, errorCodes } from './contracts.js';
import { SignalingError } from './errors.js';
import { Emitter, type Handler } from './events.js';
import { knownOr } from './known.js';
import { described, logTo } from './log.js';
import { Entry, type EntryHost } from './rooms/entry.js';
import { Move } from './rooms/move.js';
import { concernsRoom, isRefusal } from './rooms/refusal.js';
import { Room, type RoomHost } from './rooms/room.js';

/** Options of a {@link SignalingClient}. */
export interface SignalingClientOptions extends LinkOptions {
  /** The delay before a try to connect, in milliseconds; tries since the connection last held count from 0. Default: full jitter up to 30 s. */
  reconnectDelay?: (attempt: number) => number;
}

/** Options of {@link SignalingClient.joinRoom}. */
export interface JoinOptions {
  /** The display name: at most 64 UTF-16 code units, no control characters. */
  name?: string;

  /**
   * First attributes: at most 16, keys are ids, values at most 256 UTF-16 code units. The others see them from the start, at the price of
   * one round trip: they cannot travel with the connect.
   */
  attributes?: Readonly<Record<string, string>>;

  /** Stops trying to join; `joinRoom` then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** Events of a {@link SignalingClient}. */
export interface SignalingClientEvents {
  /** The connection made a step, or another try failed. */
  statechanged: StateChange;
}

/**
 * A connection to the signaling hub that stays: it connects when the first room is joined, and when it is lost it comes back and resumes
 * every room (or rejoins it, when that took too long), until it is closed.
 */
export class SignalingClient {
  readonly #url: string;
  readonly #rooms = new Map<string, Room>();
  readonly #events: Emitter<SignalingClientEvents>;
  readonly #reconnectDelay: (attempt: number) => number;
  readonly #host: RoomHost;
  readonly #entryHost: EntryHost;
  readonly #keeper: ConnectionKeeper;
  readonly #logger: ILogger;
  readonly #unwatch: () => void;
  readonly #notInUrl = new WeakSet<Room>();
  /** Over the link of this try, from its start. */
  #current: Entry | undefined;
  /** To another link, while the current one is going away. */
  #move: Move | undefined;
  #heartbeat: Heartbeat | undefined;
  /** Of what could be resumed in the URL one was too late: the others ask by invocation, where that costs no connection. */
  #expired = false;
  #state: ConnectionState = 'idle';
  #roundTripMs: number | undefined;

  /** @param url the hub's address, absolute or relative to the page, such as `/signaling` */
  constructor(url: string | URL, options: SignalingClientOptions = {}) {
    this.#url = String(url);
    this.#reconnectDelay = options.reconnectDelay ?? fullJitter;
    this.#logger = logTo(options.logger ?? LogLevel.Warning);
    const onHandlerError = (error: unknown) => this.#logger.log(LogLevel.Error, `A handler of the app failed: ${described(error)}`);
    this.#events = new Emitter<SignalingClientEvents>(onHandlerError);
    this.#host = {
      onHandlerError,
      retryDelay: this.#reconnectDelay,
      leave: (room) => this.#leave(room),
      rejoin: (id) => this.#rejoin(id),
      leaving: (link) => this.#isLeaving(link),
    };
    this.#entryHost = {
      rooms: this.#rooms,
      open: (entry, room) => openLink(this.#url, room, options, this.#handlers(entry)),
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
    const network = watchNetwork({ changed: () => this.notifyNetworkChanged(), shown: () => this.#probe() });
    const unwatch = [network, watchPageEnd(() => this.#sayLeave())];
    this.#unwatch = () => unwatch.forEach((stop) => stop());
  }

  /** Where the connection stands. */
  get state(): ConnectionState {
    return this.#state;
  }

  /** The round trip to the hub that was measured last, in milliseconds; `undefined` while there is none. */
  get roundTripMs(): number | undefined {
    return this.#roundTripMs;
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

  /**
   * Tell it that the network has changed: a lost connection is then noticed, and made anew, at once, and every call with a negotiator restarts
   * ICE. What the browser tells (`online`, another kind of network) needs no call.
   */
  notifyNetworkChanged(): void {
    this.#probe();
    for (const room of this.#rooms.values()) room.calls.tell('networkChanged');
  }

  /** Leaves every room and ends the connection, for good. */
  async close(): Promise<void> {
    if (this.#state !== 'closed') {
      this.#setState('closed');
      this.#unwatch();
      this.#sayLeave();
      const error = new Error('The client was closed.');
      for (const room of [...this.#rooms.values()]) {
        this.#forget(room);
        room.close({ reason: 'client-closed' }, error);
      }

      this.#keeper.wake();
      await Promise.all([this.#current?.link.stop(), this.#move?.next?.link.stop()]);
    }

    await this.#keeper.rest;
  }

  get #wanted(): boolean {
    return this.#state !== 'closed' && this.#rooms.size > 0;
  }

  async #connect(): Promise<HubLink> {
    const entry = (this.#current = this.#newEntry());
    await entry.open();
    return entry.link;
  }

  #newEntry(): Entry {
    return new Entry(this.#entryHost, (room) => !this.#notInUrl.has(room) && !(this.#expired && room.isResumable));
  }

  #handlers(entry: Entry): ClientHandlers {
    // Roster versions are a link's own: what another one than the room's still says of it is out of date.
    const roomOn = (id: string) => {
      const room = this.#rooms.get(id);
      return room?.link === entry.link ? room : undefined;
    };
    return {
      Welcome: (welcome) => this.#welcome(welcome, entry),
      PeerJoined: (joined) => roomOn(joined.room)?.peerJoined(joined),
      PeerLeft: (left) => roomOn(left.room)?.peerLeft(left),
      PeerUpdated: (updated) => roomOn(updated.room)?.peerUpdated(updated),
      PeerStateChanged: (changed) => roomOn(changed.room)?.peerStateChanged(changed),
      Signal: (signal) => this.#rooms.get(signal.room)?.signal(signal),
      Removed: (removed) => this.#removed(removed, entry, roomOn(removed.room)),
      GoingAway: (goingAway) => this.#goingAway(goingAway, entry),
    };
  }

  #welcome(welcome: Welcome, entry: Entry): void {
    const { link } = entry;
    const room = this.#rooms.get(welcome.room);
    const before = room?.link;
    const late = entry !== this.#move?.next && (entry !== this.#current || (before !== undefined && before === this.#move?.next?.link));
    // Nobody asks for it any more, or the room has moved on from this link.
    if (!room || late) return link.post('Leave', { room: welcome.room });

    const resumed = welcome.resumed === true;
    entry.welcomed(room, resumed);
    room.welcome(welcome, link, entry === this.#move?.next);
    if (!resumed && before && before !== link) before.post('Leave', { room: room.id });
    entry.check();
  }

  #served(entry: Entry): void {
    if (entry !== this.#current) return;
    this.#expired = false;
    if (this.#state === 'connecting') this.#setState('connected');
    this.#beat(entry);
  }

  #answered(entry: Entry, resumed: boolean): void {
    if (entry === this.#current && this.#state === 'reconnecting') this.#setState('connected', { resumed });
  }

  #beat({ link }: Entry): void {
    this.#heartbeat = new Heartbeat(link, { answered: (roundTripMs, pong) => this.#ponged(link, roundTripMs, pong) });
    void this.#heartbeat.run();
  }

  #ponged(link: HubLink, roundTripMs: number, { rosterVersions }: Pong): void {
    this.#roundTripMs = roundTripMs;
    for (const [id, version] of Object.entries(rosterVersions)) {
      const room = this.#rooms.get(id);
      if (room?.link === link) room.expectVersion(version);
    }
  }

  #removed({ peerId, code, action }: Removed, entry: Entry, room: Room | undefined): void {
    if (!room || room.peerId !== peerId || this.#isLeaving(entry.link)) return;
    const known = knownOr(errorActions, action, 'unknown');
    const error = new SignalingError(knownOr(errorCodes, code, 'unknown'), 'The hub has taken the peer from this connection.', { action: known });
    if (known === 'give-up' || known === 'unknown') return this.#refuse(room, error);
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
    if (entry !== this.#current || !entry.served || this.#move) return;
    const move = new Move(entry.link, {
      rooms: this.#rooms,
      newEntry: () => this.#newEntry(),
      adopt: (next) => this.#adopt(next),
      // Only what is about one room is final: the others still have a link, and a normal reconnect to come.
      failed: (entry, error) => this.#judge(entry, error, []),
      wanted: () => this.#wanted,
      reconnectDelay: this.#reconnectDelay,
    });
    this.#move = move;
    void move.run(goingAway).finally(() => {
      if (this.#move === move) this.#move = undefined;
    });
  }

  /** The rooms now live on this link. */
  #adopt(next: Entry): void {
    const old = this.#current;
    this.#current = next;
    this.#move = undefined;
    this.#expired = false;
    this.#beat(next);
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
    return entry !== undefined && !entry.served && this.#judge(entry, error, [...this.#rooms.values()]);
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
    if (this.#state !== 'closed') this.#setState('idle');
  }

  async #leave(room: Room): Promise<void> {
    if (this.#rooms.get(room.id) !== room) return;
    room.calls.tell('over');
    const link = room.link ?? (this.#current?.started ? this.#current.link : undefined);
    this.#abandon(room, new Error('We have left the room.'));
    // Whatever goes wrong here, we are out of it.
    await link?.invoke('Leave', { room: room.id }).catch(() => {});
  }

  /** While the rooms move, it is not known over which link the hub listens. */
  #sayLeave(): void {
    for (const room of this.#rooms.values()) room.calls.tell('over');
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
    if (!this.#current?.served) void this.#current?.link.stop();
  }

  #forget(room: Room): void {
    if (this.#rooms.get(room.id) === room) this.#rooms.delete(room.id);
    for (const entry of [this.#current, this.#move?.next]) {
      entry?.forget(room);
      entry?.check();
    }
  }

  /** The connection may be lost, or could be had again. */
  #probe(): void {
    this.#keeper.wake();
    void this.#heartbeat?.check();
  }

  #setState(state: ConnectionState, details: Omit<StateChange, 'state' | 'previous'> = {}): void {
    const previous = this.#state;
    this.#state = state;
    this.#events.emit('statechanged', { state, previous, ...details });
  }
}
