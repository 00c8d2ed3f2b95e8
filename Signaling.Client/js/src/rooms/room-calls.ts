import type { ConnectionReport, Welcome } from '../contracts.js';
import { SignalingError } from '../errors.js';
import { RoomIce } from './ice/room-ice.js';
import type { RoomSession } from './room-session.js';

/** How often a report is tried that the hub can't take now. */
const mostReportTries = 3;

/** What the negotiator of a call hears of its room. */
export interface RoomCall {
  /** The peer at the other end. */
  readonly peerId: string;
  /** The ICE servers are other ones now. */
  serversChanged(): void;
  /** The device is on another network, or may be. */
  networkChanged(): void;
  /** The connection to the hub was lost and is back. */
  resumed(): void;
  /** The peer's connection to the hub was lost and is back. */
  peerReturned(): void;
  /** The peer is gone, or we are about to be: there is no one to negotiate with. */
  over(): void;
}

/** The calls of a room that have a negotiator, and what they share. */
export class RoomCalls {
  readonly ice: RoomIce;
  readonly #session: RoomSession;
  readonly #calls = new Set<RoomCall>();
  #reportsWanted = true;

  constructor(session: RoomSession, serversChanged: () => void) {
    this.#session = session;
    this.ice = new RoomIce({
      fetch: () => session.ask('GetIceServers', { room: session.room }),
      changed: () => {
        this.tell('serversChanged');
        serversChanged();
      },
    });
  }

  welcome(welcome: Welcome): void {
    this.ice.welcome(welcome);
  }

  /** Adds a call; the function returned takes it out. */
  add(call: RoomCall): () => void {
    this.#calls.add(call);
    return () => void this.#calls.delete(call);
  }

  /** Tells every call, or those with one peer. */
  tell(news: Exclude<keyof RoomCall, 'peerId'>, peerId?: string): void {
    for (const call of [...this.#calls]) if (peerId === undefined || call.peerId === peerId) call[news]();
  }

  /** Reports what came of a connection, if the hub takes reports; never fails. @param last whether nobody waits for the answer */
  report(report: ConnectionReport, last: boolean): void {
    if (!this.#reportsWanted) return;
    if (last) return this.#session.link?.post('ReportConnection', report);
    this.#session.ask('ReportConnection', report, mostReportTries).catch((error) => {
      // An older hub does not know the method, nor will it later.
      if (!(error instanceof SignalingError) || error.code === 'unknown-method') this.#reportsWanted = false;
    });
  }
}
