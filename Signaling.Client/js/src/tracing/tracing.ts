/** What takes part in a trace: a signal of some kind, or asking for a room. */
export type TracedKind = 'offer' | 'answer' | 'rollback' | 'candidates' | 'data' | 'join' | 'resume';

/** A span that has begun. */
export interface OpenSpan {
  /** Its W3C Trace Context; `undefined` where there is none to tell. */
  readonly traceparent: string | undefined;

  /** @param error why it failed, if it did */
  end(error?: unknown): void;
}

/** How a client takes part in traces: `openTelemetry()` of `signaling-client/opentelemetry`. */
export interface Tracing {
  /** The trace that the caller is in. */
  current(): string | undefined;

  /** Begins to ask for a room. @param parent what the app did when it wanted the room */
  ask(kind: TracedKind, parent: string | undefined): OpenSpan;

  /** Begins to send a signal, for what the caller does. @param parent what it answers, where the caller is in no trace */
  send(kind: TracedKind, parent: string | undefined): OpenSpan;

  /** Hands a signal to the app; what that does at once, or awaits where the runtime follows promises, belongs to the span. */
  receive(kind: TracedKind, parent: string | undefined, handle: (traceparent: string | undefined) => void): void;
}

/** Makes no spans. An answer still continues the trace of its offer, for those who do. */
export const untraced: Tracing = {
  current: () => undefined,
  ask: () => nothing,
  send: (_, parent) => (parent === undefined ? nothing : { traceparent: parent, end: () => {} }),
  receive: (_, parent, handle) => handle(parent),
};

const nothing: OpenSpan = { traceparent: undefined, end: () => {} };

/** Ends a span with what it waits for. */
export async function until<T>(span: OpenSpan, done: Promise<T>): Promise<T> {
  try {
    const result = await done;
    span.end();
    return result;
  } catch (error) {
    span.end(error);
    throw error;
  }
}
