import type { ConnectionReport, IceTransportPolicy } from '../../src/contracts.js';
import type { RoomCall } from '../../src/rooms/room-calls.js';

/** What a negotiator needs of a room. */
export class FakeRoom {
  readonly id = 'math-101';
  iceServers: RTCIceServer[] = [];
  iceTransportPolicy: IceTransportPolicy = 'all';
  readonly reports: (ConnectionReport & { last: boolean })[] = [];
  /** How often fresh servers were fetched. */
  freshened = 0;
  call: RoomCall | undefined;
  /** Ends a wait for fresh servers. */
  fetched: Promise<void> = Promise.resolve();

  readonly calls = {
    add: (call: RoomCall) => {
      this.call = call;
      return () => (this.call = undefined);
    },
    report: (report: ConnectionReport, last: boolean) => void this.reports.push({ ...report, last }),
    ice: {
      isStale: false,
      freshen: async () => {
        this.freshened++;
        await this.fetched;
      },
    },
  };

  constructor(readonly peerId: string) {}

  renew(servers: RTCIceServer[]): void {
    this.iceServers = servers;
    this.call?.serversChanged();
  }
}
