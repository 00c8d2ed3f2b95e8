import { Deferred } from '../async.js';
import type { ChannelCounts } from '../channel/counts.js';
import type { ConnectRoom } from '../connection/connect-url.js';
import type { HubLink } from '../connection/hub-link.js';
import {
  type IceServer,
  type JoinRequest,
  type LeaveReason,
  type PeerInfo,
  type PeerJoined,
  type PeerLeft,
  type PeerState,
  type PeerStateChanged,
  type PeerUpdated,
  type ResumeRequest,
  type RoomLimits,
  type Signal,
  type Welcome,
  leaveReasons,
  peerStates,
} from '../contracts.js';
import { SignalingError } from '../errors.js';
import { Emitter, type Handler } from '../events.js';
import { knownOr } from '../known.js';
import { type Region, isSame } from '../regions/region.js';
import type { Entry } from './entry.js';
import { Broadcast } from './paths/broadcast.js';
import { OwnAttributes } from './own-attributes.js';
import { type PeerContext, RemotePeer, stateOf } from './remote-peer.js';
import type { RoomEvents } from './room-events.js';
import { RoomSession, type SessionHost } from './room-session.js';
import { RosterVersions } from './roster-versions.js';

/** @internal What a room needs of its client. */
export interface RoomHost extends SessionHost {
  readonly repairs: ChannelCounts;
  readonly onHandlerError: (error: unknown) => void;
  leave(room: Room): Promise<void>;
}

/** A room that we are in. It stays the same object when the connection is lost and comes back. */
export class Room {
  /** The room's id. */
  readonly id: string;

  /** Our display name in it. */
  readonly name: string | undefined;

  readonly #host: RoomHost;
  readonly #session: RoomSession;
  readonly #events: Emitter<RoomEvents>;
  readonly #versions = new RosterVersions(() => void this.#refresh());
  readonly #peers = new Map<string, RemotePeer>();
  readonly #formerIds = new Set<string>();
  readonly #broadcast: Broadcast;
  readonly #entered = new Deferred<Room>();
  readonly #peerContext: PeerContext;
  readonly #attributes: OwnAttributes;
  #welcome: Welcome | undefined;
  /** What proves that the peer is ours, to the region that gave it. */
  #resume: { readonly request: ResumeRequest; readonly issuer: Region } | undefined;

  /** @internal */
  constructor(id: string, name: string | undefined, attributes: Readonly<Record<string, string>>, host: RoomHost) {
    this.id = id;
    this.name = name;
    this.#attributes = new OwnAttributes(attributes);
    this.#host = host;
    this.#session = new RoomSession(id, host);
    this.#broadcast = new Broadcast(this.#session, this.#peers);
    this.#events = new Emitter<RoomEvents>(host.onHandlerError, (type) => {
      if (type === 'data') for (const peer of this.#peers.values()) peer.flush();
    });
    this.#peerContext = {
      room: this,
      port: this.#session,
      repairs: host.repairs,
      onHandlerError: host.onHandlerError,
      roomHearsData: () => this.#events.has('data'),
      deliverData: (peer, data) => this.#events.emit('data', { peer, data }),
    };
  }

  /** Our own peer id. It changes with each `rejoined`. */
  get peerId(): string {
    return this.#current.peerId;
  }

  /** The region that holds our connection. */
  get region(): string {
    return this.#current.region;
  }

  /** What this deployment allows. */
  get limits(): Readonly<RoomLimits> {
    return this.#current.limits;
  }

  /** STUN and TURN servers, for `RTCConfiguration.iceServers`; fresh with each `resumed` and `rejoined`. */
  get iceServers(): RTCIceServer[] {
    return this.#current.ice.servers;
  }

  /**
   * How long after the loss of the connection we can come back as the same peer, in milliseconds; `undefined` where the hub does not resume.
   * After that the others see us leave.
   */
  get resumeWindowMs(): number | undefined {
    return this.#current.resume?.windowMs;
  }

  /** Our own attributes, as the others see them. */
  get attributes(): Readonly<Record<string, string>> {
    return this.#attributes.value;
  }

  /** The other peers by id, in the order in which they joined. Live: it changes with the events. */
  get peers(): ReadonlyMap<string, RemotePeer> {
    return this.#peers;
  }

  /** Attaches a handler; the function returned detaches it. */
  on<Type extends keyof RoomEvents>(type: Type, handler: Handler<RoomEvents[Type]>): () => void {
    return this.#events.on(type, handler);
  }

  /**
   * Changes our own attributes: sets those named, removes those whose value is `null`, leaves the others. Resolves when the hub has
   * accepted it; while the connection is away, that is after it is back. Rejects with `invalid-attributes`.
   */
  async setAttributes(changes: Readonly<Record<string, string | null>>): Promise<void> {
    const own = { ...changes };
    await this.#attributes.change(own, () => this.#askForAttributes(own));
  }

  /**
   * Sends app data (any JSON value but `null`) to every other peer of the room. Resolves when the hub has accepted it; while the
   * connection is away, that is after it is back, and for those who are in the room then.
   */
  async sendData(data: unknown): Promise<void> {
    await this.#broadcast.send(data, this.limits.messageBytes);
  }

  /** Fetches fresh STUN and TURN servers: credentials expire. */
  async fetchIceServers(): Promise<RTCIceServer[]> {
    const ice = await this.#session.ask('GetIceServers', { room: this.id });
    this.#welcome = { ...this.#current, ice };
    return ice.servers satisfies IceServer[];
  }

  /** Leaves the room; the others see it leave at once. The connection stays open for other rooms until the client is closed. */
  async leave(): Promise<void> {
    await this.#host.leave(this);
  }

  /** @internal Resolves when the hub has welcomed us for the first time; rejects when it never does. */
  get entered(): Promise<Room> {
    return this.#entered.promise;
  }

  /** @internal Whether it has ever welcomed us. */
  get wasEntered(): boolean {
    return this.#welcome !== undefined;
  }

  /** @internal The link over which we are a peer of it now. */
  get link(): HubLink | undefined {
    return this.#session.link;
  }

  /** @internal How to ask for it by invocation: for the peer that we are, or as a new one. */
  joinRequest(region: Region): JoinRequest {
    const { id, name, attributes } = this;
    const resume = this.#resumeIn(region);
    return {
      room: id,
      acks: true,
      resumable: true,
      ...(name !== undefined && { name }),
      ...(Object.keys(attributes).length > 0 && { attributes }),
      ...(resume ? { resume } : this.wasEntered && { rejoin: true }),
    };
  }

  /** @internal How to ask for it in the URL; `undefined` when the others would see a new peer without its attributes at first. */
  connectRoom(region: Region): ConnectRoom | undefined {
    const { id, name } = this;
    const resume = this.#resumeIn(region);
    return resume || Object.keys(this.attributes).length === 0 ? { id, name, resume, rejoin: !resume && this.wasEntered } : undefined;
  }

  /** @internal Whether we can ask for the peer that we are. */
  get isResumable(): boolean {
    return this.#resume !== undefined;
  }

  /** @internal The peer that we were is no longer to be had. Whether it was before. */
  expired(): boolean {
    const was = this.isResumable;
    this.#resume = undefined;
    return was;
  }

  /** @internal @param moved whether the link before still holds */
  welcome(welcome: Welcome, { link, region }: Pick<Entry, 'link' | 'region'>, moved: boolean): void {
    const previous = this.#welcome;
    this.#welcome = welcome;
    this.#resume = welcome.resume && {
      request: { peerId: welcome.peerId, token: welcome.resume.token },
      issuer: { ...region, name: welcome.region },
    };
    // What is held came over the link before, whose versions were its own.
    this.#versions.refreshFailed();
    this.#session.entered(link);
    if (!previous) this.#arrive(welcome.roster.peers, true);
    else if (welcome.resumed && welcome.peerId === previous.peerId) this.#goOn(welcome, moved);
    else this.#reunite(previous.peerId, welcome);
    this.#versions.reset(welcome.roster.version);
    this.#broadcast.flush(this.limits.messageBytes);
    this.#entered.resolve(this);
  }

  /** @internal */
  peerJoined({ version, peer }: PeerJoined): void {
    this.#versions.take(version, () => this.#arrive([peer], false));
  }

  /** @internal */
  peerLeft({ version, peerId, reason }: PeerLeft): void {
    this.#versions.take(version, () => this.#depart(peerId, knownOr(leaveReasons, reason, 'unknown')));
  }

  /** @internal */
  peerUpdated({ version, peerId, attributes }: PeerUpdated): void {
    this.#versions.take(version, () => this.#update(peerId, attributes));
  }

  /** @internal */
  peerStateChanged({ version, peerId, state }: PeerStateChanged): void {
    this.#versions.take(version, () => this.#changeState(peerId, knownOr(peerStates, state, 'unknown')));
  }

  /** @internal */
  signal(signal: Signal): void {
    this.#peers.get(signal.from ?? '')?.receive(signal);
  }

  /** @internal A ping told the roster's version. */
  expectVersion(version: number): void {
    if (this.#session.joined) this.#versions.expect(version);
  }

  /** @internal The link is gone. */
  lost(): void {
    this.#session.lost();
    this.#versions.refreshFailed();
  }

  /** @internal */
  close(event: RoomEvents['closed'], error: Error): void {
    this.#session.close(error);
    this.#broadcast.close(error);
    for (const peer of this.#peers.values()) peer.end(error);
    this.#peers.clear();
    this.#entered.reject(error);
    if (this.#welcome) this.#events.emit('closed', event);
  }

  get #current(): Welcome {
    if (!this.#welcome) throw new Error('Not in the room yet.');
    return this.#welcome;
  }

  #resumeIn(region: Region): ResumeRequest | undefined {
    return this.#resume && isSame(this.#resume.issuer, region) ? this.#resume.request : undefined;
  }

  /** We are the peer that we were. */
  #goOn({ peerId, roster }: Welcome, moved: boolean): void {
    this.#departMissing(roster.peers);
    for (const peer of this.#peers.values()) peer.resume();
    this.#events.emit('resumed', { peerId, moved });
    this.#restoreAttributes(roster.peers);
    this.#converge(roster.peers, false);
  }

  /** We are a new peer. */
  #reunite(previousPeerId: string, { peerId, roster, region }: Welcome): void {
    this.#formerIds.add(previousPeerId);
    this.#departMissing(roster.peers);
    const cut = new SignalingError('not-in-room', 'The connection was lost before the hub had accepted the signal; we are a new peer now.');
    for (const peer of this.#peers.values()) peer.renew(cut);
    this.#events.emit('rejoined', { previousPeerId, peerId, region });
    this.#restoreAttributes(roster.peers);
    this.#converge(roster.peers, true);
  }

  /** What a node had accepted of us and could not pass on before it failed. */
  #restoreAttributes(peers: readonly PeerInfo[]): void {
    const own = this.#ownIn(peers);
    const missing = this.#attributes.missingIn(own);
    if (!missing) return;
    // Refused is what was accepted before: the roster tells how it is now.
    this.#askForAttributes(missing).catch(() => this.#attributes.told(own));
  }

  async #askForAttributes(changes: Readonly<Record<string, string | null>>): Promise<void> {
    await this.#session.ask('SetAttributes', { room: this.id, attributes: { ...changes } });
  }

  #ownIn(peers: readonly PeerInfo[]): Record<string, string> {
    return peers.find(({ id }) => id === this.peerId)?.attributes ?? {};
  }

  #departMissing(peers: readonly PeerInfo[]): void {
    const present = new Set(peers.map((peer) => peer.id));
    // The link before may have told of the new peer that we are now, as of someone else.
    present.delete(this.peerId);
    for (const id of [...this.#peers.keys()]) if (!present.has(id)) this.#depart(id, 'unknown');
  }

  #converge(peers: readonly PeerInfo[], wereHereFirst: boolean): void {
    for (const info of peers) {
      this.#changeState(info.id, stateOf(info));
      if (this.#changes(info)) this.#update(info.id, info.attributes ?? {});
    }

    this.#arrive(peers, wereHereFirst);
  }

  #changes({ id, attributes = {} }: PeerInfo): boolean {
    const known = this.#peers.get(id)?.attributes;
    const keys = Object.keys(attributes);
    return known !== undefined && (keys.length !== Object.keys(known).length || keys.some((key) => attributes[key] !== known[key]));
  }

  #arrive(peers: readonly PeerInfo[], wereHereFirst: boolean): void {
    for (const info of peers) {
      // A connection that died without a word stays in the roster for a while: that is no one else.
      if (info.id === this.peerId || this.#formerIds.has(info.id) || this.#peers.has(info.id)) continue;
      const peer = new RemotePeer(info, wereHereFirst, this.#peerContext);
      this.#peers.set(info.id, peer);
      this.#events.emit('peerjoined', { peer });
    }
  }

  #depart(id: string, reason: LeaveReason): void {
    this.#formerIds.delete(id);
    const peer = this.#peers.get(id);
    if (!peer) return;
    this.#peers.delete(id);
    peer.end(new SignalingError('peer-not-in-room', 'The peer has left the room.'));
    this.#events.emit('peerleft', { peer, reason });
  }

  #changeState(id: string, state: PeerState): void {
    const peer = this.#peers.get(id);
    if (!peer || peer.state === state) return;
    peer.become(state);
    this.#events.emit('peerstatechanged', { peer, state });
  }

  #update(id: string, attributes: Record<string, string>): void {
    if (id === this.peerId) this.#attributes.told(attributes);
    const peer = this.#peers.get(id);
    if (!peer) return;
    peer.update(attributes);
    this.#events.emit('peerupdated', { peer, attributes });
  }

  async #refresh(): Promise<void> {
    const { link } = this.#session;
    try {
      const roster = await this.#session.ask('GetRoster', { room: this.id });
      // After a rejoin the Welcome has brought a newer one.
      if (this.#session.link !== link) return;
      this.#departMissing(roster.peers);
      this.#attributes.told(this.#ownIn(roster.peers));
      this.#converge(roster.peers, false);
      this.#versions.reset(roster.version);
    } catch {
      if (this.#session.link === link) this.#versions.refreshFailed();
    }
  }
}
