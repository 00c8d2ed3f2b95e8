import { monotonicNow } from '../async.js';
import { type PeerInfo, type PeerState, type SessionDescription, type Signal, peerStates } from '../contracts.js';
import type { ChannelCounts } from '../channel/counts.js';
import { Emitter, type Handler } from '../events.js';
import { knownOr } from '../known.js';
import { relayedCandidate, relayedSdp } from './ice/relay-only.js';
import { type Tracing, until } from '../tracing/tracing.js';
import { CandidateBatch } from './paths/candidate-batch.js';
import { Mailbox } from './paths/mailbox.js';
import { assertFits } from './message-size.js';
import { type Payload, candidatePayload, dataPayload, kindOf, under } from './paths/payload.js';
import { PlainPath } from './paths/plain-path.js';
import { ReliablePath } from './paths/reliable-path.js';
import type { Room } from './room.js';
import type { SignalPath, SignalPort } from './paths/signal-path.js';

/** Events of a {@link RemotePeer}. */
export interface RemotePeerEvents {
  /** An offer, an answer or a rollback, as it can be given to `setRemoteDescription`. */
  description: RTCSessionDescriptionInit;
  /** ICE candidates, in the order in which they were gathered. */
  candidates: RTCIceCandidateInit[];
  /** App data, sent to us or to the whole room. */
  data: unknown;
}

/** @internal What a peer needs of its room. */
export interface PeerContext {
  readonly room: Room;
  readonly port: SignalPort;
  /** Counts what the channel to the peer has to repair. */
  readonly repairs: ChannelCounts;
  readonly onHandlerError: (error: unknown) => void;
  readonly tracing: Tracing;
  /** Whether the app takes data from the room as a whole; hands it over. */
  readonly roomHearsData: () => boolean;
  readonly deliverData: (peer: RemotePeer, data: unknown) => void;
}

/**
 * Another participant of a room, to send signals to and receive them from.
 *
 * Sends resolve when the hub has accepted the signal. What the hub can't take now, or what is sent while our connection or the peer's is
 * away, is kept and repeated; with a peer that acknowledges (every client of ours), delivery is exactly once and in order. They reject with
 * a {@link SignalingError}: `message-too-large`, `invalid-signal`, `peer-not-in-room` when the peer has left, `not-in-room` when the
 * connection came back as a new peer before the hub had accepted it, `unavailable` when 256 signals wait already, or when the connection
 * was lost before the hub answered and the peer does not acknowledge: to repeat it might deliver it twice.
 *
 * In a relay-only room ({@link Room.iceTransportPolicy}) candidates that are not relayed are left out of what is sent and of what arrives,
 * in descriptions too.
 */
export class RemotePeer {
  /** Its id, minted by the hub; unique for all time. */
  readonly id: string;

  /** The user whom its token names, verified by the hub; `undefined` for a guest. */
  readonly user: string | undefined;

  /** Its display name; unverified. */
  readonly name: string | undefined;

  /** The room in which it is. */
  readonly room: Room;

  readonly #context: PeerContext;
  readonly #events: Emitter<RemotePeerEvents>;
  readonly #candidates = new CandidateBatch((candidates) => this.#send(candidatePayload(candidates)));
  readonly #mailbox = new Mailbox({
    hears: (kind) => this.#events.has(kind) || (kind === 'data' && this.#context.roomHearsData()),
    deliver: (_, payload) => this.#deliver(payload),
  });
  readonly #acks: boolean;
  #path: SignalPath;
  #attributes: Readonly<Record<string, string>>;
  #state: PeerState;
  #wasHereFirst: boolean;
  #knownAt = monotonicNow();
  /** The trace of the last offer, for its answer. */
  #offer: string | undefined;

  /** @internal */
  constructor(info: PeerInfo, wasHereFirst: boolean, context: PeerContext) {
    this.id = info.id;
    this.user = info.user;
    this.name = info.name;
    this.room = context.room;
    this.#context = context;
    this.#events = new Emitter<RemotePeerEvents>(context.onHandlerError, () => this.#mailbox.flush());
    this.#acks = info.acks ?? false;
    this.#attributes = info.attributes ?? {};
    this.#state = stateOf(info);
    this.#wasHereFirst = wasHereFirst;
    this.#path = this.#newPath();
  }

  /** The small state that it shows to the others: muted, hand raised. */
  get attributes(): Readonly<Record<string, string>> {
    return this.#attributes;
  }

  /** `reconnecting` while its connection is lost: it comes back as the same peer, or leaves. Calls and sends go on meanwhile. */
  get state(): PeerState {
    return this.#state;
  }

  /**
   * Whether it was in the room when we joined (or rejoined): who joins makes the first offer to everyone who was there. Of two who join in
   * different regions at the same time each may see the other come: where no offer arrives in some seconds, make one as well.
   */
  get wasHereFirst(): boolean {
    return this.#wasHereFirst;
  }

  /** @internal When we knew of it, on the monotonic clock: by its join, or by ours. */
  get knownAt(): number {
    return this.#knownAt;
  }

  /** Sends an offer. */
  async sendOffer(sdp: string): Promise<void> {
    await this.#send({ description: { type: 'offer', sdp: this.#tellable(sdp) } });
  }

  /** Sends an answer. */
  async sendAnswer(sdp: string): Promise<void> {
    await this.#send({ description: { type: 'answer', sdp: this.#tellable(sdp) } });
  }

  /** Takes our last offer back. */
  async sendRollback(): Promise<void> {
    await this.#send({ description: { type: 'rollback' } });
  }

  /**
   * Sends ICE candidates. What gathers while a send of candidates is in flight goes together in the next signal, so that a call for
   * each candidate is fine. A candidate whose `candidate` is empty is end-of-candidates.
   */
  async sendCandidates(candidates: readonly RTCIceCandidateInit[]): Promise<void> {
    const tellable = this.#tellableOf(candidates);
    if (tellable.length > 0) await this.#candidates.add(tellable);
  }

  /** Sends app data: any JSON value but `null`. */
  async sendData(data: unknown): Promise<void> {
    await this.#send(dataPayload(data));
  }

  /** Attaches a handler; the function returned detaches it. What arrived before the first handler (up to 256 of a kind) follows at once. */
  on<Type extends keyof RemotePeerEvents>(type: Type, handler: Handler<RemotePeerEvents[Type]>): () => void {
    return this.#events.on(type, handler);
  }

  /** @internal Its copy of app data to the whole room. */
  async sendCopy(payload: Payload): Promise<void> {
    await this.#path.send(payload);
  }

  /** @internal The channel to the peer, for signals to the whole room. */
  get reliable(): ReliablePath | undefined {
    return this.#path instanceof ReliablePath ? this.#path : undefined;
  }

  /** @internal */
  receive(signal: Signal): void {
    this.#path.receive(signal);
  }

  /** @internal Whether the roster has other attributes of it. */
  differsFrom({ attributes = {} }: PeerInfo): boolean {
    const known = this.#attributes;
    const keys = Object.keys(attributes);
    return keys.length !== Object.keys(known).length || keys.some((key) => attributes[key] !== known[key]);
  }

  /** @internal */
  update(attributes: Record<string, string>): void {
    this.#attributes = attributes;
  }

  /** @internal Signals to it that wait go out when it can be reached again. */
  become(state: PeerState): void {
    this.#state = state;
    if (state === 'connected') this.#path.resume();
  }

  /** @internal We are still the peer that it knows, over a new connection. */
  resume(): void {
    this.#path.resume();
  }

  /** @internal The app may hear data now. */
  flush(): void {
    this.#mailbox.flush();
  }

  /** @internal We are a new peer to it: the channel starts anew. App data that was never sent goes over the new one. */
  renew(error: Error): void {
    this.#wasHereFirst = true;
    this.#knownAt = monotonicNow();
    this.#mailbox.dropNegotiation();
    const unsent = this.#path.end(error);
    this.#path = this.#newPath();
    this.#path.adopt(unsent);
  }

  /** @internal It has left, or we have. */
  end(error: Error): void {
    for (const { accepted } of this.#path.end(error)) accepted.reject(error);
  }

  #tellable(sdp: string): string {
    return this.#relayOnly ? relayedSdp(sdp) : sdp;
  }

  #tellableOf(candidates: readonly RTCIceCandidateInit[]): RTCIceCandidateInit[] {
    return this.#relayOnly ? candidates.flatMap((candidate) => relayedCandidate(candidate) ?? []) : [...candidates];
  }

  get #relayOnly(): boolean {
    return this.room.iceTransportPolicy === 'relay';
  }

  #newPath(): SignalPath {
    const { port, repairs } = this.#context;
    const put = (payload: Payload) => this.#mailbox.put(payload);
    return this.#acks ? new ReliablePath(this.id, port, put, repairs) : new PlainPath(this.id, port, put);
  }

  async #send(payload: Payload): Promise<void> {
    assertFits(payload, this.room.limits.messageBytes);
    const span = this.#context.tracing.send(kindOf(payload), payload.description?.type === 'answer' ? this.#offer : undefined);
    await until(span, this.#path.send(under(span.traceparent, payload)));
  }

  #deliver(payload: Payload): void {
    this.#context.tracing.receive(kindOf(payload), payload.traceparent, (traceparent) => {
      if (payload.description?.type === 'offer') this.#offer = traceparent;
      this.#handOver(payload);
    });
  }

  #handOver({ description, candidates, data }: Payload): void {
    if (description) {
      const { sdp } = description;
      if (isKnown(description)) this.#events.emit('description', sdp ? { ...description, sdp: this.#tellable(sdp) } : description);
    } else if (candidates) {
      const tellable = this.#tellableOf(candidates);
      if (tellable.length > 0) this.#events.emit('candidates', tellable);
    } else {
      this.#events.emit('data', data);
      this.#context.deliverData(this, data);
    }
  }
}

/** @internal The state of a peer as a roster tells it. */
export function stateOf({ state = 'connected' }: Pick<PeerInfo, 'state'>): PeerState {
  return knownOr(peerStates, state, 'unknown');
}

/** A type that only a newer client knows is left alone. */
function isKnown(description: SessionDescription): description is SessionDescription & { type: RTCSdpType } {
  return description.type === 'offer' || description.type === 'answer' || description.type === 'rollback';
}
