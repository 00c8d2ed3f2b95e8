import { delay, monotonicNow } from '../../async.js';
import type { IceServerList, IceTransportPolicy, Welcome } from '../../contracts.js';

/** When to fetch anew: after this part of the credentials' time, spread so that a room does not ask at once. */
const leastPart = 0.75;
const mostPart = 0.85;

/** In the last part of their time, credentials are too old to begin something with. */
const stalePart = 0.9;

/** Bounds of a timer, in milliseconds; the platform's own upper bound is 24 days. */
const soonest = 1_000;
const latest = 24 * 60 * 60 * 1_000;

/** How long a restart waits for fresh servers, and how long those that came are fresh, in milliseconds. */
const patience = 3_000;

/** What the ICE servers of a room ask of it. */
export interface RoomIceHost {
  fetch(): Promise<IceServerList>;
  /** They are other ones now. */
  changed(): void;
}

/** The STUN and TURN servers of a room, fetched anew before their credentials expire. */
export class RoomIce {
  readonly #host: RoomIceHost;
  #list: IceServerList = { servers: [] };
  #policy: IceTransportPolicy = 'all';
  #takenAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #fetching: Promise<void> | undefined;
  #stopped = false;

  constructor(host: RoomIceHost) {
    this.#host = host;
  }

  get servers(): RTCIceServer[] {
    return this.#list.servers;
  }

  get policy(): IceTransportPolicy {
    return this.#policy;
  }

  /** Whether the credentials have expired or are about to. */
  get isStale(): boolean {
    const { expiresInSeconds: seconds } = this.#list;
    return seconds !== undefined && monotonicNow() - this.#takenAt >= seconds * 1_000 * stalePart;
  }

  welcome({ ice, iceTransportPolicy = 'all' }: Welcome): void {
    this.#policy = iceTransportPolicy;
    this.#take(ice);
  }

  /** Asks the hub for fresh ones; rejects as that does. */
  async fetch(): Promise<RTCIceServer[]> {
    const list = await this.#host.fetch();
    this.#take(list);
    return list.servers;
  }

  /** Resolves when fresh ones are there, or after a short while without; never rejects. */
  async freshen(): Promise<void> {
    if (monotonicNow() - this.#takenAt < patience) return;
    // Many calls that fail together ask once.
    this.#fetching ??= this.fetch()
      .then(
        () => {},
        () => {},
      )
      .finally(() => (this.#fetching = undefined));
    await Promise.race([this.#fetching, delay(patience)]);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #take(list: IceServerList): void {
    const before = this.#list;
    this.#list = list;
    this.#takenAt = monotonicNow();
    const { expiresInSeconds: seconds } = list;
    this.#renewIn(seconds && seconds * 1_000 * (leastPart + Math.random() * (mostPart - leastPart)));
    if (JSON.stringify(before.servers) !== JSON.stringify(list.servers)) this.#host.changed();
  }

  #renewIn(ms: number | undefined): void {
    clearTimeout(this.#timer);
    if (ms === undefined || this.#stopped) return;
    this.#timer = setTimeout(() => void this.#renew(ms), Math.min(Math.max(ms, soonest), latest));
  }

  async #renew(waited: number): Promise<void> {
    try {
      await this.fetch();
    } catch {
      // Refused for good, or so the hub says: until the next welcome it is asked more and more seldom.
      this.#renewIn(Math.max(waited, soonest) * 2);
    }
  }
}
