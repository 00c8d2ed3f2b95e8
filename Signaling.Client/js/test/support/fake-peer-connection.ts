import { ufragOf, ufragsOf } from '../../src/negotiation/ufrag.js';

type Description = { type: RTCSdpType; sdp: string };

let ufrags = 0;
let descriptions = 0;

/**
 * The negotiation of an RTCPeerConnection (W3C WebRTC §4.4.1, §4.7.3): signaling states, the chain of operations, implicit descriptions
 * and rollback, and `negotiationneeded` when, and only when, it may fire. No media.
 */
export class FakePeerConnection extends EventTarget {
  signalingState: RTCSignalingState = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  iceConnectionState: RTCIceConnectionState = 'new';
  configuration: RTCConfiguration = { bundlePolicy: 'max-bundle' };
  /** What making the next description fails with. */
  failsToDescribe: Error | undefined;
  sctp: { transport: { state: RTCDtlsTransportState } } | null = null;
  /** Rows of the statistics. */
  stats: Record<string, unknown>[] = [];
  restarts = 0;
  /** How many offers of its own gave way to one of the other side. */
  yielded = 0;
  readonly added: RTCIceCandidateInit[] = [];
  readonly #step: () => Promise<unknown>;
  readonly #candidates: number;
  #currentLocal: Description | null = null;
  #currentRemote: Description | null = null;
  #pendingLocal: Description | null = null;
  #pendingRemote: Description | null = null;
  #chain: Promise<unknown> = Promise.resolve();
  #chained = 0;
  #wanted = 0;
  #offered = 0;
  #negotiated = 0;
  #ufrag: string | undefined;

  /** @param step decides when an operation or a task goes on @param candidates how many are gathered after each new ufrag */
  constructor(step: () => Promise<unknown> = () => Promise.resolve(), candidates = 1) {
    super();
    this.#step = step;
    this.#candidates = candidates;
  }

  get localDescription(): Description | null {
    return this.#pendingLocal ?? this.#currentLocal;
  }

  get remoteDescription(): Description | null {
    return this.#pendingRemote ?? this.#currentRemote;
  }

  /** Whether all that this side asked for was offered and answered. */
  get negotiated(): boolean {
    return this.#negotiated === this.#wanted;
  }

  /** As a track or a data channel that is added. */
  need(): void {
    this.#wanted++;
    this.#checkNeeded();
  }

  restartIce(): void {
    this.restarts++;
    this.#ufrag = undefined;
    this.need();
  }

  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
  }

  iceBecome(state: RTCIceConnectionState): void {
    this.iceConnectionState = state;
    this.dispatchEvent(new Event('iceconnectionstatechange'));
  }

  failAtServer(url: string, errorCode: number): void {
    this.dispatchEvent(Object.assign(new Event('icecandidateerror'), { url, errorCode }));
  }

  getConfiguration(): RTCConfiguration {
    return this.configuration;
  }

  /** Before the first negotiation that asks for one, as in Chromium. */
  setConfiguration(configuration: RTCConfiguration): void {
    this.configuration = configuration;
    if (!this.localDescription && !this.remoteDescription) queueMicrotask(() => this.dispatchEvent(new Event('negotiationneeded')));
  }

  createOffer(): Promise<RTCSessionDescriptionInit> {
    return this.#operate(async () => {}).then(() => ({ type: 'offer', sdp: this.#wanted > 0 ? 'v=0\r\nm=audio 9\r\n' : 'v=0\r\n' }));
  }

  getTransceivers(): RTCRtpTransceiver[] {
    return [];
  }

  getStats = () => Promise.resolve(new Map(this.stats.map((row) => [row['id'], row])));

  setLocalDescription(): Promise<void> {
    return this.#operate(async () => {
      if (this.signalingState === 'have-remote-offer') {
        this.#currentLocal = this.#describe('answer');
        this.#currentRemote = this.#pendingRemote;
        this.#settle();
      } else {
        this.#pendingLocal = this.#describe('offer');
        this.#offered = this.#wanted;
        this.signalingState = 'have-local-offer';
      }
    });
  }

  setRemoteDescription({ type, sdp = '' }: RTCSessionDescriptionInit): Promise<void> {
    return this.#operate(async () => {
      if (type === 'offer') {
        if (this.#pendingLocal) this.yielded++;
        this.#pendingLocal = null;
        this.#pendingRemote = { type, sdp };
        this.signalingState = 'have-remote-offer';
      } else if (type === 'rollback') {
        this.#settle();
      } else if (this.signalingState === 'have-local-offer') {
        this.#currentRemote = { type, sdp };
        this.#currentLocal = this.#pendingLocal;
        this.#negotiated = this.#offered;
        this.#settle();
      } else {
        throw new Error(`InvalidStateError: an ${type} in ${this.signalingState}`);
      }
    });
  }

  addIceCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    return this.#operate(async () => {
      const ufrag = ufragOf(candidate);
      if (!this.remoteDescription) throw new Error('InvalidStateError: no remote description');
      if (ufrag && !ufragsOf(this.remoteDescription.sdp).has(ufrag)) throw new Error(`OperationError: no generation ${ufrag}`);
      this.added.push(candidate);
    });
  }

  #describe(type: RTCSdpType): Description {
    const failure = this.failsToDescribe;
    this.failsToDescribe = undefined;
    if (failure) throw failure;
    if (this.#ufrag === undefined || !this.localDescription) {
      this.#ufrag = `u${++ufrags}`;
      this.#gather(this.#ufrag);
    }

    return { type, sdp: `v=0\r\na=ice-ufrag:${this.#ufrag}\r\ns=${++descriptions}\r\n` };
  }

  #gather(ufrag: string): void {
    void (async () => {
      for (let i = 0; i < this.#candidates; i++) {
        await this.#step();
        const init = { candidate: `candidate:${i} ufrag ${ufrag}`, usernameFragment: ufrag };
        this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: { ...init, toJSON: () => init } }));
      }
    })();
  }

  #settle(): void {
    this.#pendingLocal = this.#pendingRemote = null;
    this.signalingState = 'stable';
  }

  #operate(operation: () => Promise<void>): Promise<void> {
    this.#chained++;
    const result = this.#chain.then(this.#step).then(operation);
    this.#chain = result
      .catch(() => {})
      .then(() => {
        this.#chained--;
        this.#checkNeeded();
      });
    return result;
  }

  #checkNeeded(): void {
    void this.#step().then(() => {
      if (this.#chained > 0 || this.signalingState !== 'stable' || this.negotiated) return;
      this.dispatchEvent(new Event('negotiationneeded'));
    });
  }
}
