import { SignalingError } from '../errors.js';
import type { RemotePeer } from '../rooms/remote-peer.js';
import { IceRestarter } from './ice-restarter.js';
import { RemoteCandidates } from './remote-candidates.js';

/** Options of a {@link PerfectNegotiator}. */
export interface PerfectNegotiatorOptions {
  /** Told of a description that could not be made, applied or sent. Default: `console.error`. The connection may still recover. */
  onError?: (error: unknown) => void;
}

/**
 * Negotiates one `RTCPeerConnection` with one peer by the W3C perfect-negotiation pattern (W3C WebRTC §10.7): add tracks or data
 * channels to the connection at any time, on either side, and it comes about. When both offer at once, the polite side (the peer whose id
 * is smaller) gives way. Restarts ICE when the connection has failed.
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
  readonly #restarter: IceRestarter;
  #makingOffer = false;
  #closed = false;
  /** What arrives is handled one by one. */
  #incoming: Promise<void> = Promise.resolve();

  constructor(peer: RemotePeer, pc: RTCPeerConnection, { onError = console.error }: PerfectNegotiatorOptions = {}) {
    // Compared by UTF-16 code units, as every client does.
    this.polite = peer.room.peerId < peer.id;
    this.#peer = peer;
    this.#pc = pc;
    this.#onError = onError;
    this.#candidates = new RemoteCandidates((candidate) => this.#addCandidate(candidate));
    this.#restarter = new IceRestarter(() => pc.restartIce());
    this.#detach = [
      listen(pc, 'negotiationneeded', () => void this.#try(() => this.#offer())),
      listen(pc, 'icecandidate', ({ candidate }) => candidate && void this.#try(() => peer.sendCandidates([candidate.toJSON()]))),
      listen(pc, 'connectionstatechange', () => this.#restarter.changed(pc.connectionState)),
      peer.on('description', (description) => this.#inTurn(() => this.#receive(description))),
      peer.on('candidates', (candidates) => this.#inTurn(() => this.#candidates.receive(candidates))),
    ];
  }

  /** Renews the ICE candidates, for instance after the network has changed. */
  restartIce(): void {
    if (!this.#closed) this.#pc.restartIce();
  }

  /** Stops negotiating. Leaves the `RTCPeerConnection` as it is. */
  close(): void {
    this.#closed = true;
    this.#restarter.stop();
    for (const detach of this.#detach) detach();
  }

  async #offer(): Promise<void> {
    try {
      this.#makingOffer = true;
      await this.#pc.setLocalDescription();
    } finally {
      this.#makingOffer = false;
    }

    await this.#sendLocalDescription();
  }

  async #receive(description: RTCSessionDescriptionInit): Promise<void> {
    const pc = this.#pc;
    const collision = description.type === 'offer' && (this.#makingOffer || pc.signalingState !== 'stable');
    if (collision && !this.polite) return;

    // An answer to an offer that was taken back, a rollback of an offer that was ignored.
    if (description.type === 'answer' && pc.signalingState !== 'have-local-offer') return;
    if (description.type === 'rollback' && pc.signalingState !== 'have-remote-offer') return;

    // The polite side's own offer is rolled back by this.
    await pc.setRemoteDescription(description);
    await this.#candidates.applied(pc.remoteDescription?.sdp);
    if (description.type !== 'offer') return;
    await pc.setLocalDescription();
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

function listen<Type extends keyof RTCPeerConnectionEventMap>(
  pc: RTCPeerConnection,
  type: Type,
  handler: (event: RTCPeerConnectionEventMap[Type]) => void,
): () => void {
  pc.addEventListener(type, handler);
  return () => pc.removeEventListener(type, handler);
}
