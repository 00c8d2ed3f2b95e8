declare module 'node:http' {
  interface Incoming {
    readonly url: string;
  }
  interface Outgoing {
    writeHead(status: number, headers?: Record<string, string>): this;
    end(text?: string): void;
  }
  interface Server {
    listen(port: number, host: string, listening: () => void): void;
    address(): { port: number };
    closeAllConnections(): void;
    close(closed?: () => void): void;
  }
  export function createServer(handle: (request: Incoming, response: Outgoing) => void): Server;
}
