import { type ILogger, LogLevel } from '@microsoft/signalr';
import { Deferred, abortable, delay } from './async.js';
import { fullJitter } from './connection/backoff.js';
import { Heartbeat } from './connection/heartbeat.js';
import type { ClientHandlers, HubLink } from './connection/hub-link.js';
import { ConnectionKeeper } from './connection/keeper.js';
import { watchNetwork } from './connection/network-watch.js';
import { type LinkOptions, openLink } from './connection/open-link.js';
import type { ConnectionState, StateChange } from './connection/state.js';
import type { Pong, Welcome } from './contracts.js';
import { SignalingError } from './errors.js';
import { Emitter, type Handler } from './events.js';
import { described, logTo } from './log.js';
import { concernsRoom, isRefusal } from './rooms/refusal.js';
import { Room, type RoomHost } from './rooms/room.js';

/** How long one try to connect and join may take, in milliseconds. */
const connectTimeout = 15_000;

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
 * A connection to the signaling hub that stays: it connects when the first room is joined, and when it is lost it comes back and rejoins
 * every room, until it is closed.
 */
export class SignalingClient {
  readonly #url: string;
  readonly #options: SignalingClientOptions;
  readonly #rooms = new Map<string, Room>();
  readonly #events: Emitter<SignalingClientEvents>;
  readonly #reconnectDelay: (attempt: number) => number;
  readonly #host: RoomHost;
  readonly #keeper: ConnectionKeeper;
  readonly #logger: ILogger;
  readonly #unwatch: () => void;
  /** The link of this try, from its start. */
  #link: HubLink | undefined;
  /** Since when the link takes invocations. */
  #started = false;
  #serving = new Deferred();
  #heartbeat: Heartbeat | undefined;
  #inUrl: Room | undefined;
  readonly #notInUrl = new WeakSet<Room>();
  #state: ConnectionState = 'idle';
  #roundTripMs: number | undefined;

  /** @param url the hub's address, absolute or relative to the page, such as `/signaling` */
  constructor(url: string | URL, options: SignalingClientOptions = {}) {
    this.#url = String(url);
    this.#options = options;
    this.#reconnectDelay = options.reconnectDelay ?? fullJitter;
    this.#logger = logTo(options.logger ?? LogLevel.Warning);
    const onHandlerError = (error: unknown) => this.#logger.log(LogLevel.Error, `A handler of the app failed: ${described(error)}`);
    this.#events = new Emitter<SignalingClientEvents>(onHandlerError);
    this.#host = {
      onHandlerError,
      retryDelay: this.#reconnectDelay,
      leave: (room) => this.#leave(room),
      rejoin: (id) => this.#rejoin(id),
    };
    this.#keeper = new ConnectionKeeper({
      connect: () => this.#connect(),
      failed: (error) => this.#failed(error),
      wanted: () => this.#wanted,
      down: (error, retryInMs) => this.#down(error, retryInMs),
      rested: () => this.#rested(),
      reconnectDelay: this.#reconnectDelay,
    });
    this.#unwatch = watchNetwork(() => this.notifyNetworkChanged());
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
    if (this.#link && this.#started) void this.#join(room, this.#link);
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
      this.#unwatch();
      const error = new Error('The client was closed.');
      for (const room of [...this.#rooms.values()]) {
        if (this.#started) this.#link?.post('Leave', { room: room.id });
        this.#forget(room);
        room.close({ reason: 'client-closed' }, error);
      }

      this.#keeper.wake();
      await this.#link?.stop();
    }

    await this.#keeper.rest;
  }

  get #wanted(): boolean {
    return this.#state !== 'closed' && this.#rooms.size > 0;
  }

  async #connect(): Promise<HubLink> {
    this.#serving = new Deferred();
    // A room with attributes can't be named in the URL: the others would see it without them at first.
    this.#inUrl = [...this.#rooms.values()].find((room) => !this.#notInUrl.has(room) && Object.keys(room.attributes).length === 0);
    const link: HubLink = openLink(this.#url, this.#inUrl, this.#options, this.#handlers(() => link));
    this.#link = link;
    const timer = setTimeout(() => void link.stop(), connectTimeout);
    try {
      await link.start();
      this.#started = true;
      for (const room of this.#rooms.values()) if (room !== this.#inUrl) void this.#join(room, link);
      const refused = link.closed.then((error) => {
        throw error ?? new SignalingError('unavailable', 'The hub did not welcome us in time.');
      });
      await Promise.race([this.#serving.promise, refused]);
      return link;
    } catch (error) {
      void link.stop();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  #handlers(link: () => HubLink): ClientHandlers {
    return {
      Welcome: (welcome) => this.#welcome(welcome, link()),
      PeerJoined: (joined) => this.#rooms.get(joined.room)?.peerJoined(joined),
      PeerLeft: (left) => this.#rooms.get(left.room)?.peerLeft(left),
      PeerUpdated: (updated) => this.#rooms.get(updated.room)?.peerUpdated(updated),
      PeerStateChanged: (changed) => this.#rooms.get(changed.room)?.expectVersion(changed.version),
      Signal: (signal) => this.#rooms.get(signal.room)?.signal(signal),
      Removed: () => {},
      GoingAway: () => {},
    };
  }

  #welcome(welcome: Welcome, link: HubLink): void {
    const room = this.#rooms.get(welcome.room);
    if (!room) return link.post('Leave', { room: welcome.room });
    this.#serve(link);
    room.welcome(welcome, link);
  }

  /** The link has shown that the hub takes us. */
  #serve(link: HubLink): void {
    if (this.#heartbeat) return;
    this.#serving.resolve();
    this.#setState('connected');
    this.#heartbeat = new Heartbeat(link, { answered: (roundTripMs, pong) => this.#answered(roundTripMs, pong) });
    void this.#heartbeat.run();
  }

  #answered(roundTripMs: number, { rosterVersions }: Pong): void {
    this.#roundTripMs = roundTripMs;
    for (const [id, version] of Object.entries(rosterVersions)) this.#rooms.get(id)?.expectVersion(version);
  }

  async #join(room: Room, link: HubLink): Promise<void> {
    for (let attempt = 0; this.#rooms.get(room.id) === room && !link.ended.aborted; attempt++) {
      try {
        await link.invoke('Join', room.joinRequest);
        return;
      } catch (error) {
        // When the link has ended, the next one joins again.
        if (link.ended.aborted) return;
        const refusal = error instanceof SignalingError ? error : new SignalingError('internal', String(error));
        if (refusal.code === 'already-joined') return;
        this.#serve(link);
        if (isRefusal(refusal, room.wasEntered)) return this.#refuse(room, refusal);
        this.#logger.log(LogLevel.Warning, `Joining ${room.id} failed; trying again. ${refusal.message}`);
        await delay(refusal.retryAfterMs ?? this.#reconnectDelay(attempt), link.ended);
      }
    }
  }

  #rejoin(id: string): void {
    const room = this.#rooms.get(id);
    if (room && this.#link) void this.#join(room, this.#link);
  }

  /** A try failed or the link ended: says what that means for the rooms. */
  #failed(error: Error | undefined): void {
    const served = this.#heartbeat !== undefined;
    this.#link = undefined;
    this.#started = false;
    this.#heartbeat = undefined;
    this.#roundTripMs = undefined;
    for (const room of this.#rooms.values()) room.lost();
    if (served || !(error instanceof SignalingError)) return;

    const concerned = concernsRoom(error) && this.#inUrl ? [this.#inUrl] : [...this.#rooms.values()];
    for (const room of concerned) {
      if (isRefusal(error, room.wasEntered)) this.#refuse(room, error);
      else if (error.code === 'room-full') this.#notInUrl.add(room);
    }
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
    const link = this.#started ? this.#link : undefined;
    this.#abandon(room, new Error('We have left the room.'));
    // Whatever goes wrong here, we are out of it.
    await link?.invoke('Leave', { room: room.id }).catch(() => {});
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
    if (!this.#heartbeat) void this.#link?.stop();
  }

  #forget(room: Room): void {
    if (this.#rooms.get(room.id) === room) this.#rooms.delete(room.id);
  }

  #setState(state: ConnectionState, details: Omit<StateChange, 'state' | 'previous'> = {}): void {
    const previous = this.#state;
    this.#state = state;
    this.#events.emit('statechanged', { state, previous, ...details });
  }
}
