// @ts-check

const firstDelayMs = 500;
const longestDelayMs = 10_000;
const restartMs = 2_000;
const silenceMs = 20_000;

/**
 * @typedef {'connecting' | 'live' | 'away' | 'refused'} LinkState
 * @typedef {{ end: () => void }} Subscription
 * @typedef {{ method: string, argument: unknown, take: (view: any) => void, fail: (why: string) => void, running: import('@microsoft/signalr').ISubscription<unknown> | null }} Stream
 */

/** The connection to the hub: made again and again until it holds, and with it every stream that is wanted. */
export class Hub {
  /** @type {Set<Stream>} */
  #wanted = new Set();
  #connection;
  #url;
  #token;
  #onState;
  #refused;
  /** Ends the wait for the end of the connection. */
  #closed = () => {};
  /** Ends the wait before the next try. */
  #wake = () => {};

  /**
   * @param {URL} url
   * @param {{ token: () => string, onState: (state: LinkState) => void, refused: (status: number) => Promise<void> }} options
   * `refused` ends when there is another token to try.
   */
  constructor(url, { token, onState, refused }) {
    this.#url = url;
    this.#token = token;
    this.#onState = onState;
    this.#refused = refused;
    // Like the clients: one request, so that any node behind a balancer may answer it.
    this.#connection = new signalR.HubConnectionBuilder()
      .withUrl(url.href, { skipNegotiation: true, transport: signalR.HttpTransportType.WebSockets, accessTokenFactory: token })
      .configureLogging(signalR.LogLevel.None)
      .withServerTimeout(silenceMs)
      .build();
    this.#connection.onclose(() => this.#closed());
    addEventListener('online', () => this.#wake());
  }

  /**
   * Takes the views of a stream until it is ended, over as many connections as that takes.
   * @template T
   * @param {string} method
   * @param {unknown} argument None: `undefined`.
   * @param {(view: T) => void} take
   * @param {(why: string) => void} [fail] Told when the hub refuses it; it is asked for again all the same.
   * @returns {Subscription}
   */
  subscribe(method, argument, take, fail = () => {}) {
    /** @type {Stream} */
    const stream = { method, argument, take, fail, running: null };
    this.#wanted.add(stream);
    this.#open(stream);
    return {
      end: () => {
        this.#wanted.delete(stream);
        if (this.#isLive) stream.running?.dispose();
      },
    };
  }

  /** Stays connected for as long as the page is there. */
  async run() {
    this.#onState('connecting');
    for (let tries = 0; ; tries++) {
      if (await this.#holdConnection()) tries = 0;
      this.#onState('away');
      const refusal = await this.#refusal();
      if (refusal) {
        this.#onState('refused');
        await this.#refused(refusal);
        tries = 0;
      } else {
        await this.#pause(tries);
      }
    }
  }

  get #isLive() {
    return this.#connection.state === signalR.HubConnectionState.Connected;
  }

  /** Connects and waits for the end. False: there was no connection. */
  async #holdConnection() {
    try {
      /** @type {Promise<void>} */
      const closed = new Promise(resolve => { this.#closed = resolve; });
      await this.#connection.start();
      this.#onState('live');
      for (const stream of this.#wanted) this.#open(stream);
      await closed;
      return true;
    } catch {
      return false;
    }
  }

  /** A browser does not say why it got no WebSocket: asks the same question in a way that has an answer. */
  async #refusal() {
    try {
      const negotiate = new URL(`${this.#url.pathname}/negotiate?negotiateVersion=1`, this.#url);
      const token = this.#token();
      const { status } = await fetch(negotiate, { method: 'POST', headers: token ? { Authorization: `Bearer ${token}` } : {} });
      return status === 401 || status === 403 ? status : null;
    } catch {
      return null;
    }
  }

  /** @param {number} tries */
  #pause(tries) {
    const longest = Math.min(longestDelayMs, firstDelayMs * 2 ** tries);
    return new Promise(resolve => {
      this.#wake = () => resolve(undefined);
      setTimeout(this.#wake, longest * (0.5 + Math.random() / 2));
    });
  }

  /** @param {Stream} stream */
  #open(stream) {
    if (!this.#isLive) return;
    const invocation = stream.argument === undefined ? [] : [stream.argument];
    const running = this.#connection.stream(stream.method, ...invocation).subscribe({
      next: view => { if (this.#wanted.has(stream) && stream.running === running) stream.take(view); },
      error: failure => {
        const why = refusalOf(failure);
        if (why && this.#wanted.has(stream)) stream.fail(why);
        this.#openLater(stream);
      },
      complete: () => this.#openLater(stream),
    });
    stream.running = running;
  }

  /** A stream that ends though its connection holds is asked for again, but not at once. @param {Stream} stream */
  #openLater(stream) {
    stream.running = null;
    setTimeout(() => { if (this.#wanted.has(stream) && !stream.running) this.#open(stream); }, restartMs);
  }
}

/** What the hub says itself; not that a connection has ended. @param {unknown} failure */
function refusalOf(failure) {
  return failure instanceof Error ? /HubException: (.+)$/s.exec(failure.message)?.[1] ?? '' : '';
}
