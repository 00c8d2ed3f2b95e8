import { monotonicNow } from '../../async.js';
import type { ConnectionFailure, ConnectionReport, IceServerFailure } from '../../contracts.js';
import { ufragsOf } from '../ufrag.js';

/** Most server failures of a report. */
const mostFailures = 8;

/** The longest time that a report tells, in milliseconds, and most restarts: beyond that the hub takes none. */
const longestTime = 600_000;
const mostRestarts = 1_000;

/** How long after the other peer was known a call still counts as begun with that, in milliseconds; a later one was begun by someone. */
const atOnce = 10_000;

/** How long a connection that held is lost before that is more than the other side hanging up, in milliseconds. */
const lostAfter = 10_000;

/** What a report takes from the engine's statistics. */
export type SelectedPair = Pick<ConnectionReport, 'localCandidate' | 'remoteCandidate' | 'protocol' | 'relayProtocol'>;

type Times = Pick<ConnectionReport, 'offerMs' | 'answerMs' | 'firstCandidateMs' | 'connectedMs' | 'iceSetupMs'>;

/** How one peer connection comes about, as a report tells it. */
export class ConnectionRecord {
  readonly #since: number;
  readonly #times: Times = {};
  readonly #failures: IceServerFailure[] = [];
  #ufrag: string | undefined;
  #restarts = 0;
  #lostAt: number | undefined;
  #iceState: string | undefined;
  #iceConnected = false;
  #dtlsState: string | undefined;
  #pair: SelectedPair = {};

  /** @param knownAt when this end knew of the other peer, on the monotonic clock */
  constructor(knownAt: number) {
    const now = monotonicNow();
    this.#since = now - knownAt <= atOnce ? knownAt : now;
  }

  /** How often ICE was restarted: generations that both sides agreed on, beyond the first. */
  get restarts(): number {
    return this.#restarts;
  }

  get hasBegun(): boolean {
    return this.#times.offerMs !== undefined;
  }

  get wasConnected(): boolean {
    return this.#times.connectedMs !== undefined;
  }

  /** Whether it held, and has been gone for so long that it is lost. */
  get isLost(): boolean {
    return this.#lostAt !== undefined && monotonicNow() - this.#lostAt >= lostAfter;
  }

  /** Why it failed, if it has. */
  get failure(): ConnectionFailure {
    if (this.wasConnected) return 'lost';
    if (this.#times.answerMs === undefined) return 'no-answer';
    if (this.#times.firstCandidateMs === undefined) return 'no-candidates';
    return this.#iceConnected ? 'dtls' : 'ice';
  }

  /** A description was applied. Whether that has restarted ICE. */
  applied({ signalingState, localDescription }: RTCPeerConnection): boolean {
    if (signalingState !== 'stable') this.#mark('offerMs');
    if (signalingState !== 'stable' || !localDescription) return false;
    // An answer that follows its offer in one step leaves no other state behind.
    this.#mark('offerMs');
    this.#mark('answerMs');
    const [ufrag] = ufragsOf(localDescription.sdp);
    const restarted = this.#ufrag !== undefined && ufrag !== this.#ufrag;
    if (restarted) this.#restarts++;
    this.#ufrag = ufrag;
    return restarted;
  }

  gathered(): void {
    this.#mark('firstCandidateMs');
  }

  /** The ICE transport's state. */
  iceBecame(state: string): void {
    this.#iceState = state;
    this.#iceConnected = state === 'connected' || state === 'completed';
    if (this.#iceConnected) this.#times.iceSetupMs ??= this.#now - (this.#times.offerMs ?? this.#now);
  }

  dtlsBecame(state: string | undefined): void {
    this.#dtlsState = state;
  }

  became(state: RTCPeerConnectionState): void {
    if (state === 'connected') {
      this.#mark('connectedMs');
      this.#lostAt = undefined;
    } else if (this.wasConnected) this.#lostAt ??= monotonicNow();
  }

  selected(pair: SelectedPair): void {
    this.#pair = pair;
  }

  serverFailed(url: string, errorCode: number): void {
    const known = this.#failures.some((failure) => failure.url === url && failure.errorCode === errorCode);
    const isCode = errorCode >= 300 && errorCode <= 799;
    if (url && isCode && !known && this.#failures.length < mostFailures) this.#failures.push({ url, errorCode });
  }

  /** The report as of now. */
  report(room: string, peerId: string, outcome: ConnectionReport['outcome']): ConnectionReport {
    return {
      room,
      peerId,
      outcome,
      ...(outcome === 'failed' && { failure: this.failure }),
      ...Object.fromEntries(Object.entries(this.#times).filter(([, ms]) => ms <= longestTime)),
      restarts: Math.min(this.#restarts, mostRestarts),
      ...(this.#iceState !== undefined && { iceState: this.#iceState }),
      ...(this.#dtlsState !== undefined && { dtlsState: this.#dtlsState }),
      ...this.#pair,
      ...(this.#failures.length > 0 && { serverFailures: [...this.#failures] }),
    };
  }

  get #now(): number {
    return Math.max(0, monotonicNow() - this.#since);
  }

  #mark(time: keyof Times): void {
    this.#times[time] ??= this.#now;
  }
}
