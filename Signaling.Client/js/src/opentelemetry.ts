import { type Attributes, type Context, type Span, SpanKind, SpanStatusCode, type TracerProvider, context, isSpanContextValid, trace } from '@opentelemetry/api';
import { SignalingError } from './errors.js';
import type { OpenSpan, TracedKind, Tracing } from './tracing/tracing.js';

/**
 * Lets a client take part in traces, through the OpenTelemetry API that the app has set up:
 * `new SignalingClient(url, { tracing: openTelemetry() })`.
 *
 * Each join and resume, each signal sent and each one received is a span, and one trace leads from the sender through the hub to the
 * receiver. Sending belongs to the active span; an answer else to the offer. What handlers of the app do about a signal belongs to the span of
 * receiving it, as far as the context manager follows. Spans tell what kind a signal is of, never what is in it, and no ids.
 *
 * @param provider default: the one that is registered globally
 */
export function openTelemetry(provider: TracerProvider = trace.getTracerProvider()): Tracing {
  const tracer = provider.getTracer('signaling-client');
  return {
    current: () => traceparentOf(trace.getSpan(context.active())),
    ask: (kind, parent) => opened(tracer.startSpan(kind, { kind: SpanKind.CLIENT, attributes: { 'rpc.system.name': 'signalr', 'signaling.kind': kind } }, under(parent))),
    send: (kind, parent) => {
      const active = context.active();
      const from = trace.getSpanContext(active) ? active : under(parent);
      return opened(tracer.startSpan(`send ${kind}`, { kind: SpanKind.PRODUCER, attributes: messaging('send', kind) }, from));
    },
    receive: (kind, parent, handle) => {
      const from = under(parent);
      const span = tracer.startSpan(`process ${kind}`, { kind: SpanKind.CONSUMER, attributes: messaging('process', kind) }, from);
      try {
        context.with(trace.setSpan(from, span), () => handle(traceparentOf(span)));
      } finally {
        span.end();
      }
    },
  };
}

function opened(span: Span): OpenSpan {
  return {
    traceparent: traceparentOf(span),
    end: (error) => {
      if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', errorType(error));
      span.end();
    },
  };
}

function messaging(operation: string, kind: TracedKind): Attributes {
  return { 'messaging.system': 'signaling', 'messaging.operation.name': operation, 'messaging.operation.type': operation, 'signaling.kind': kind };
}

function errorType(error: unknown): string {
  return error instanceof SignalingError ? error.code : error instanceof Error ? error.name : typeof error;
}

/** The active context, in the trace of a parent alone. */
function under(parent: string | undefined): Context {
  const active = trace.deleteSpan(context.active());
  const [, traceId, spanId, flags] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(parent ?? '') ?? [];
  if (!traceId || !spanId || !flags) return active;
  const from = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(from) ? trace.setSpanContext(active, from) : active;
}

function traceparentOf(span: Span | undefined): string | undefined {
  const own = span?.spanContext();
  return own && isSpanContextValid(own) ? `00-${own.traceId}-${own.spanId}-0${own.traceFlags & 1}` : undefined;
}
