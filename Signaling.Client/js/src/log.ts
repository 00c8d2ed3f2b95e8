import { type ILogger, LogLevel } from '@microsoft/signalr';

/** The app's logger, or the console from a level on. */
export function logTo(logger: ILogger | LogLevel): ILogger {
  if (typeof logger === 'object') return logger;
  return {
    log(level, message) {
      if (level < logger) return;
      if (level >= LogLevel.Error) console.error(`signaling-client: ${message}`);
      else console.warn(`signaling-client: ${message}`);
    },
  };
}

/** An error for the log, with its stack where it has one. */
export function described(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
