import type { RemotePeer } from '../rooms/remote-peer.js';
import type { RoomCall } from '../rooms/room-calls.js';
import { IceRestarter } from './ice-restarter.js';
import { listen } from './listen.js';
import { ConnectionRecord } from './reports/connection-record.js';
import { ConnectionReporter } from './reports/reporter.js';
import { dtlsStateOf, readSelectedPair } from './reports/selected-pair.js';
import { ufragsOf } from './ufrag.js';

/** Which part of the configuration of a connection the negotiator sees to. */
export interface IceCareOptions {
  /** Whether it is given the room's ICE servers and policy, and fresh servers when they come. */
  readonly configure: boolean;
  readonly polite: boolean;
  readonly onError: (error: unknown) => void;
}

/** Sees to a connection's ICE: gives it the room's servers, restarts it when the path is lost or in doubt, and reports what came of it. */
export class IceCare implements RoomCall {
  readonly peerId: string;
  readonly #peer: RemotePeer;
  readonly #pc: RTCPeerConnection;
  readonly #options: IceCareOptions;
  readonly #record: ConnectionRecord;
  readonly #reporter: ConnectionReporter;
  readonly #restarter: IceRestarter;
  readonly #detach: (() => void)[];
  #remoteUfrag: string | undefined;
  #reconfigured = false;
  #closed = false;

  constructor(peer: RemotePeer, pc: RTCPeerConnection, options: IceCareOptions) {
    this.peerId = peer.id;
    this.#peer = peer;
    this.#pc = pc;
    this.#options = options;
    this.#record = new ConnectionRecord(peer.knownAt);
    this.#reporter = new ConnectionReporter(this.#record, {
      read: () => this.#read(),
      send: (outcome, last) => peer.room.calls.report(this.#record.report(peer.room.id, peer.id, outcome), last),
    });
    this.#restarter = new IceRestarter({ restart: (again) => void this.#restart(again), gaveUp: () => this.#reporter.become('failed') }, options.polite);
    this.#detach = [
      peer.room.calls.add(this),
      listen(pc, 'icecandidate', ({ candidate }) => candidate?.candidate && this.#record.gathered()),
      listen(pc, 'icecandidateerror', ({ url, errorCode }) => this.#record.serverFailed(url, errorCode)),
      listen(pc, 'iceconnectionstatechange', () => this.#record.iceBecame(pc.iceConnectionState)),
      listen(pc, 'connectionstatechange', () => this.#became(pc.connectionState)),
    ];
    this.#configure();
  }

  get restarts(): number {
    return this.#record.restarts;
  }

  /** Whether the connection may ask for a negotiation only because it was configured before its first: Chromium does so. */
  get mayAskForNothing(): boolean {
    const { localDescription, remoteDescription } = this.#pc;
    return this.#reconfigured && !localDescription && !remoteDescription && this.#pc.getTransceivers().length === 0;
  }

  /** A description was applied. */
  applied(): void {
    if (this.#closed) return;
    this.#reporter.began();
    const [remote] = ufragsOf(this.#pc.remoteDescription?.sdp ?? '');
    if (this.#pc.signalingState === 'have-remote-offer' && remote !== this.#remoteUfrag) this.#restarter.otherRestarted();
    this.#remoteUfrag = remote;
    const restarted = this.#record.applied(this.#pc);
    if (restarted && this.#pc.connectionState === 'connected') this.#reporter.become('connected');
  }

  /** The app asks for a restart. */
  restart(): void {
    if (!this.#closed) this.#restarter.now();
  }

  serversChanged(): void {
    this.#configure();
  }

  networkChanged(): void {
    this.#restarter.networkChanged();
  }

  resumed(): void {
    this.#restarter.resumed();
  }

  peerReturned(): void {
    this.#restarter.peerReturned();
  }

  over(): void {
    this.close();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#restarter.stop();
    this.#reporter.close();
    for (const detach of this.#detach) detach();
  }

  #became(state: RTCPeerConnectionState): void {
    this.#record.became(state);
    this.#restarter.changed(state);
    if (state === 'connected') this.#reporter.become('connected');
  }

  #configure(): void {
    const { iceServers, iceTransportPolicy } = this.#peer.room;
    // Not every engine can be configured later.
    if (!this.#options.configure || typeof this.#pc.setConfiguration !== 'function') return;
    try {
      const own = this.#pc.getConfiguration();
      const wanted = { iceTransportPolicy, ...(iceServers.length > 0 && { iceServers }) };
      if (isConfigured(own, wanted)) return;
      this.#pc.setConfiguration({ ...own, ...wanted });
      this.#reconfigured = true;
    } catch (error) {
      this.#options.onError(error);
    }
  }

  async #restart(again: boolean): Promise<void> {
    const { ice } = this.#peer.room.calls;
    if (again || ice.isStale) {
      await ice.freshen();
      if (this.#closed || (again && this.#pc.connectionState === 'connected')) return;
    }

    this.#pc.restartIce();
  }

  async #read(): Promise<void> {
    try {
      this.#record.dtlsBecame(dtlsStateOf(this.#pc));
      this.#record.selected(await readSelectedPair(this.#pc));
    } catch {
      // Without them the report is still worth sending.
    }
  }
}

/** Whether nothing would change: a change makes the next offer restart ICE, whoever it is for. */
function isConfigured(own: RTCConfiguration, { iceServers, iceTransportPolicy }: RTCConfiguration): boolean {
  if ((own.iceTransportPolicy ?? 'all') !== iceTransportPolicy) return false;
  return iceServers === undefined || textOf(iceServers) === textOf(own.iceServers);
}

/** Servers as text, however they are written. */
function textOf(servers: readonly RTCIceServer[] = []): string {
  return JSON.stringify(servers.map(({ urls, username, credential }) => [[urls].flat(), username, credential]));
}
