import { HttpTransportType, HubConnectionBuilder, type IHttpConnectionOptions, type ILogger, LogLevel } from '@microsoft/signalr';
import { type ConnectRoom, connectUrl } from './connect-url.js';
import { type ClientHandlers, HubLink } from './hub-link.js';

/** How a client reaches the hub. */
export interface LinkOptions {
  /**
   * Gives the bearer token; called for each connect, so that it can be fresh. `undefined` or an empty text connects as a guest, which
   * a hub in the Development environment lets in.
   */
  accessToken?: () => string | undefined | Promise<string | undefined>;

  /** `websocket`, the default, connects without negotiation; `any` negotiates and falls back to Server-Sent Events and long polling. */
  transports?: 'websocket' | 'any';

  /** Where to log, or from which level on to log to the console. Default: warnings to the console. */
  logger?: ILogger | LogLevel;

  /** @internal Last word on SignalR's own options. */
  http?: IHttpConnectionOptions;
}

/** A link that is ready to start. */
export function openLink(hub: string, room: ConnectRoom | undefined, options: LinkOptions, handlers: ClientHandlers): HubLink {
  const { accessToken, transports = 'websocket', logger = LogLevel.Warning } = options;
  const http: IHttpConnectionOptions = {
    ...(transports === 'websocket' && { transport: HttpTransportType.WebSockets, skipNegotiation: true }),
    ...(accessToken && { accessTokenFactory: async () => (await accessToken()) ?? '' }),
    ...options.http,
  };
  const connection = new HubConnectionBuilder().withUrl(connectUrl(hub, room), http).configureLogging(logger).build();
  return new HubLink(connection, handlers);
}
