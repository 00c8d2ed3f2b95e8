import { SignalingError } from '../errors.js';
import type { RemotePeer } from '../rooms/remote-peer.js';
import { IceCare } from './ice-care.js';
import { listen } from './listen.js';
import { RemoteCandidates } from './remote-candidates.js';

/** Options of a {@link PerfectNegotiator}. */
export interface PerfectNegotiatorOptions {
  /** Told of a description that could not be made, applied or sent. Default: `console.error`. The connection may still recover. */
  onError?: (error: unknown) => void;

  /**
   * Whether the connection is given the room's ICE servers and transport policy: at once, and the servers again when they are fetched anew
   * before their credentials expire. Default: `true`. With `false` the app sees to both; where the room has no servers, the app's own stay.
   */
  configure?: boolean;
}

/**
 * Negotiates one `RTCPeerConnection` with one peer by the W3C perfect-negotiation pattern (W3C WebRTC §10.7): add tracks or data
 * channels to the connection at any time, on either side, and it comes about. When both offer at once, the polite side (the peer whose id
 * is smaller) gives way.
 *
 * Sees to ICE besides: gives the connection the room's servers; restarts ICE when the connection has failed, was disconnected for 3 s, or the
 * network has changed, again with growing delays, the impolite side first; and reports to the hub what came of the connection.
 *
 * Create it before adding tracks. Create a new one, with a new `RTCPeerConnection`, for each peer and after each `rejoined` of the room; after
 * `resumed` it goes on.
 */
export class PerfectNegotiator {
  /** Whether this side gives way when both offer at once. */
  readonly polite: boolean;

  readonly #peer: RemotePeer;
  readonly #pc: RTCPeerConnection;
  readonly #onError: (error: unknown) => void;
  readonly #detach: (() => void)[];
  readonly #candidates: RemoteCandidates;
  readonly #ice: IceCare;
  #makingOffer = false;
  #closed = false;
  /** What arrives is handled one by one. */
  #incoming: Promise<void> = Promise.resolve();

  constructor(peer: RemotePeer, pc: RTCPeerConnection, { onError = console.error, configure = true }: PerfectNegotiatorOptions = {}) {
    // Compared by UTF-16 code units, as every client does.
    this.polite = peer.room.peerId < peer.id;
    this.#peer = peer;
    this.#pc = pc;
    this.#onError = onError;
    this.#candidates = new RemoteCandidates((candidate) => this.#addCandidate(candidate));
    this.#ice = new IceCare(peer, pc, { polite: this.polite, configure, onError });
    this.#detach = [
      listen(pc, 'negotiationneeded', () => void this.#try(() => this.#offer())),
      listen(pc, 'icecandidate', ({ candidate }) => candidate && void this.#try(() => peer.sendCandidates([candidate.toJSON()]))),
      peer.on('description', (description) => this.#inTurn(() => this.#receive(description))),
      peer.on('candidates', (candidates) => this.#inTurn(() => this.#candidates.receive(candidates))),
    ];
  }

  /** How often both sides agreed on a restart of ICE. */
  get iceRestarts(): number {
    return this.#ice.restarts;
  }

  /** Renews the ICE candidates. A change of the network is noticed without it; see `SignalingClient.notifyNetworkChanged`. */
  restartIce(): void {
    this.#ice.restart();
  }

  /** Stops negotiating. Leaves the `RTCPeerConnection` as it is; close that afterwards. */
  close(): void {
    this.#closed = true;
    this.#ice.close();
    for (const detach of this.#detach) detach();
  }

  async #offer(): Promise<void> {
    if (this.#ice.mayAskForNothing && !(await this.#hasSomethingToOffer())) return;
    try {
      this.#makingOffer = true;
      await this.#pc.setLocalDescription();
      this.#ice.applied();
    } finally {
      this.#makingOffer = false;
    }

    await this.#sendLocalDescription();
  }

  /** What is not offered for a negotiation that began meanwhile is asked for again after it. */
  async #hasSomethingToOffer(): Promise<boolean> {
    const { sdp = '' } = await this.#pc.createOffer();
    return /^m=/m.test(sdp) && this.#pc.signalingState === 'stable';
  }

  async #receive(description: RTCSessionDescriptionInit): Promise<void> {
    const pc = this.#pc;
    // An offer that could not be answered leaves its state behind; the next one takes its place.
    const collision = description.type === 'offer' && (this.#makingOffer || pc.signalingState === 'have-local-offer');
    if (collision && !this.polite) return;

    // An answer to an offer that was taken back, a rollback of an offer that was ignored.
    if (description.type === 'answer' && pc.signalingState !== 'have-local-offer') return;
    if (description.type === 'rollback' && pc.signalingState !== 'have-remote-offer') return;

    // The polite side's own offer is rolled back by this.
    await pc.setRemoteDescription(description);
    this.#ice.applied();
    await this.#candidates.applied(pc.remoteDescription?.sdp);
    if (description.type !== 'offer') return;
    await pc.setLocalDescription();
    this.#ice.applied();
    // Not awaited: what comes next need not wait for the hub.
    void this.#try(() => this.#sendLocalDescription());
  }

  async #sendLocalDescription(): Promise<void> {
    const description = this.#pc.localDescription;
    if (this.#closed || !description) return;
    if (description.type === 'offer') await this.#peer.sendOffer(description.sdp);
    else if (description.type === 'answer') await this.#peer.sendAnswer(description.sdp);
  }

  async #addCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    try {
      await this.#pc.addIceCandidate(candidate);
    } catch (error) {
      // One bad candidate must not keep the others out.
      if (!this.#closed) this.#onError(error);
    }
  }

  #inTurn(handle: () => Promise<void>): void {
    this.#incoming = this.#incoming.then(() => this.#try(handle));
  }

  async #try(act: () => Promise<void>): Promise<void> {
    if (this.#closed) return;
    try {
      await act();
    } catch (error) {
      if (!this.#closed && !isOver(error)) this.#onError(error);
    }
  }
}

/** The peer has left, or we are a new peer: there is no one to negotiate with, and the app hears of it otherwise. */
function isOver(error: unknown): boolean {
  return error instanceof SignalingError && (error.code === 'peer-not-in-room' || error.code === 'not-in-room');
}
