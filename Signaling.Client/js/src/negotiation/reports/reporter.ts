import { monotonicNow } from '../../async.js';
import type { ConnectionOutcome } from '../../contracts.js';
import type { ConnectionRecord } from './connection-record.js';

/** How long a connection may take to come about, in milliseconds. */
const setUpTimeout = 30_000;

/** How long a new outcome has to stay, so that what changes together is told together. */
const settling = 1_000;

/** The least time between two reports of a connection. */
const leastGap = 5_000;

/** What the reporter of a connection asks of it. */
export interface ReporterHost {
  /** Reads what only the engine knows into the record; never rejects. */
  read(): Promise<void>;

  /** @param last whether the connection is over: then nobody waits for an answer */
  send(outcome: ConnectionOutcome, last: boolean): void;
}

/** Reports what came of a connection, once that is known and when it changes. */
export class ConnectionReporter {
  readonly #record: ConnectionRecord;
  readonly #host: ReporterHost;
  #setUp: ReturnType<typeof setTimeout> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #outcome: ConnectionOutcome | undefined;
  #told: string | undefined;
  #toldAt = -Infinity;
  #closed = false;

  constructor(record: ConnectionRecord, host: ReporterHost) {
    this.#record = record;
    this.#host = host;
  }

  /** A description was applied. */
  began(): void {
    this.#setUp ??= setTimeout(() => !this.#record.wasConnected && this.become('failed'), setUpTimeout);
  }

  /** What came of the connection, as of now; what was told already is not told again. */
  become(outcome: ConnectionOutcome): void {
    if (this.#closed) return;
    this.#outcome = outcome;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#settled(), Math.max(settling, this.#toldAt + leastGap - monotonicNow()));
    void this.#host.read();
  }

  /** The connection is over. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#setUp);
    clearTimeout(this.#timer);
    const { hasBegun, wasConnected, isLost } = this.#record;
    if (isLost) this.#outcome = 'failed';
    else if (hasBegun && !wasConnected && this.#outcome !== 'failed') this.#outcome = 'abandoned';
    this.#tell(true);
  }

  async #settled(): Promise<void> {
    await this.#host.read();
    if (!this.#closed) this.#tell(false);
  }

  #tell(last: boolean): void {
    const news = `${this.#outcome} ${this.#record.restarts}`;
    if (!this.#outcome || news === this.#told) return;
    this.#told = news;
    this.#toldAt = monotonicNow();
    this.#host.send(this.#outcome, last);
  }
}
