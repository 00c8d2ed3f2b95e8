const separator = '\x1e';

/** What the hub's side of a socket does. */
export interface SocketServer {
  opened(socket: FakeSocket): void;
  received(socket: FakeSocket, message: Record<string, unknown>): void;
  closed(socket: FakeSocket): void;
}

/** A WebSocket whose other end is in this process, for SignalR's own client to run on. */
export class FakeSocket {
  static readonly OPEN = 1;
  readonly url: string;
  readonly headers: Record<string, string>;
  readyState = 0;
  onopen: (() => void) | undefined;
  onmessage: ((event: { data: string }) => void) | undefined;
  onclose: ((event: { code: number; wasClean: boolean; reason: string }) => void) | undefined;
  readonly #server: SocketServer;

  constructor(server: SocketServer, url: string, headers: Record<string, string>) {
    this.#server = server;
    this.url = url;
    this.headers = headers;
    queueMicrotask(() => server.opened(this));
  }

  accept(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  /** The network fails, or refuses to connect. */
  drop(): void {
    if (this.readyState === 3) return;
    const wasOpen = this.readyState === 1;
    this.readyState = 3;
    this.onclose?.({ code: 1006, wasClean: false, reason: '' });
    if (wasOpen) this.#server.closed(this);
  }

  /** The client's side sends. */
  send(text: string): void {
    for (const part of text.split(separator)) if (part) queueMicrotask(() => this.#server.received(this, JSON.parse(part)));
  }

  /** The client's side closes, what it sent before goes first. */
  close(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    queueMicrotask(() => this.#server.closed(this));
  }

  /** The hub's side sends. */
  push(message: object): void {
    const data = JSON.stringify(message) + separator;
    queueMicrotask(() => this.readyState === 1 && this.onmessage?.({ data }));
  }
}
