import { PerfectNegotiator, type RemotePeer } from 'signaling-client';
import type { Slot } from './devices';
import type { LocalMedia } from './localMedia';

export interface PeerLinkObserver {
  /** A stream, a track or a state of the link has changed. */
  changed(link: PeerLink): void;
  /** A line for the signal log. */
  log(link: PeerLink, line: string): void;
}

/** How long the one who joins may take to make the first offer, in milliseconds. */
const offerPatience = 2_000;

const slots: readonly Slot[] = ['microphone', 'camera', 'screen'];

/** The connection to one other peer: sends our tracks, receives theirs. */
export class PeerLink {
  readonly connection: RTCPeerConnection;
  /** On the page's clock, in milliseconds. */
  readonly openedAt = performance.now();
  /** What the other side sends, by the stream's id. */
  readonly streams = new Map<string, MediaStream>();

  readonly #negotiator: PerfectNegotiator;
  readonly #senders = new Map<Slot, RTCRtpSender>();
  readonly #closing = new AbortController();

  constructor(
    readonly peer: RemotePeer,
    readonly media: LocalMedia,
    readonly observer: PeerLinkObserver,
  ) {
    const { iceServers, iceTransportPolicy } = peer.room;
    this.connection = new RTCPeerConnection({ iceServers, iceTransportPolicy, bundlePolicy: 'max-bundle' });
    this.#observe();
    // Before the first track, so that it hears the `negotiationneeded` which that track brings about.
    this.#negotiator = new PerfectNegotiator(peer, this.connection, { onError: (error) => observer.log(this, `error: ${String(error)}`) });
    this.#logIncoming();
    if (peer.wasHereFirst) this.#offer();
    else this.#answer();
  }

  /** Sends what is in the slot now. Only the first track of a slot needs a negotiation; later ones take its place. */
  send(slot: Slot): void {
    const track = this.media.track(slot);
    const sender = this.#senders.get(slot);
    if (sender) {
      if (sender.track !== track) {
        sender.replaceTrack(track).catch((error: unknown) => this.observer.log(this, `error: ${String(error)}`));
      }
    } else if (track) {
      this.#senders.set(slot, this.connection.addTrack(track, this.media.streamOf(slot)));
    }
  }

  /** How much of our camera this peer gets. */
  limitVideo(limits: Pick<RTCRtpEncodingParameters, 'maxBitrate' | 'scaleResolutionDownBy'>): void {
    const sender = this.#senders.get('camera');
    const parameters = sender?.getParameters();
    const encoding = parameters?.encodings?.[0];
    if (!sender || !parameters || !encoding || encoding.maxBitrate === limits.maxBitrate) return;
    Object.assign(encoding, limits);
    // Refused while a negotiation is under way; the next change of state sets it.
    sender.setParameters(parameters).catch(() => undefined);
  }

  /** How loud the other side is, 0 to 1. */
  audioLevel(): number {
    const receivers = this.connection.getReceivers().filter(({ track }) => track.kind === 'audio');
    return Math.max(0, ...receivers.map((receiver) => receiver.getSynchronizationSources()[0]?.audioLevel ?? 0));
  }

  /** How often ICE was restarted. */
  get iceRestarts(): number {
    return this.#negotiator.iceRestarts;
  }

  restartIce(): void {
    this.#negotiator.restartIce();
  }

  close(): void {
    this.#closing.abort();
    this.#negotiator.close();
    this.connection.close();
  }

  /** Who joins makes the first offer. It asks for sound and a picture even when it has none to send: then one round trip does for both sides. */
  #offer(): void {
    for (const slot of slots) this.send(slot);
    if (!this.#senders.has('microphone')) this.connection.addTransceiver('audio', { direction: 'recvonly' });
    if (!this.#senders.has('camera')) this.connection.addTransceiver('video', { direction: 'recvonly' });
  }

  /**
   * Who was there adds its tracks to the first answer: this event comes between applying the offer and making the answer. Two who join in
   * different regions at the same time each see the other join: where no offer comes, it makes one.
   */
  #answer(): void {
    const { signal } = this.#closing;
    const timer = setTimeout(() => this.#offer(), offerPatience);
    const answer = () => {
      clearTimeout(timer);
      slots.forEach((slot) => this.send(slot));
    };
    this.connection.addEventListener('signalingstatechange', answer, { once: true, signal });
    signal.addEventListener('abort', () => clearTimeout(timer));
  }

  #observe(): void {
    const { connection, observer } = this;
    const on = (name: string, handler: (event: Event) => void) =>
      connection.addEventListener(name, handler, { signal: this.#closing.signal });

    on('track', (event) => this.#received(event as RTCTrackEvent));
    on('signalingstatechange', () => {
      if (connection.signalingState === 'have-local-offer') observer.log(this, '→ offer');
      if (connection.signalingState === 'stable' && connection.currentLocalDescription?.type === 'answer') observer.log(this, '→ answer');
      observer.changed(this);
    });
    on('connectionstatechange', () => {
      observer.log(this, connection.connectionState);
      observer.changed(this);
    });
    on('iceconnectionstatechange', () => observer.changed(this));
    on('icecandidate', (event) => {
      const { candidate } = event as RTCPeerConnectionIceEvent;
      if (candidate?.candidate) observer.log(this, `→ candidate ${candidate.type} ${candidate.protocol}`);
    });
  }

  /** After the negotiator: signals that came before the first handler go to that one alone. */
  #logIncoming(): void {
    const stops = [
      this.peer.on('description', ({ type }) => this.observer.log(this, `← ${type}`)),
      this.peer.on('candidates', ({ length }) => this.observer.log(this, `← ${length} candidate${length === 1 ? '' : 's'}`)),
    ];
    this.#closing.signal.addEventListener('abort', () => stops.forEach((stop) => stop()));
  }

  #received({ track, streams }: RTCTrackEvent): void {
    const changed = () => this.observer.changed(this);
    for (const stream of streams) {
      this.streams.set(stream.id, stream);
      stream.addEventListener('removetrack', changed, { signal: this.#closing.signal });
    }
    for (const name of ['mute', 'unmute', 'ended']) track.addEventListener(name, changed, { signal: this.#closing.signal });
    changed();
  }
}
