import { SpanKind, SpanStatusCode, context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, InMemorySpanExporter, type ReadableSpan, SamplingDecision, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PerfectNegotiator } from '../../src/negotiation/perfect-negotiator.js';
import { openTelemetry } from '../../src/opentelemetry.js';
import type { Room } from '../../src/rooms/room.js';
import { pass, settled, useFakeClock } from '../support/clock.js';
import { FakeHub } from '../support/fake-hub.js';
import { FakePeerConnection } from '../support/fake-peer-connection.js';

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const tracing = openTelemetry(provider);
const tracer = provider.getTracer('app');
let hub: FakeHub;
let ours: Room;
let theirs: Room;

beforeEach(async () => {
  useFakeClock();
  hub = new FakeHub();
  theirs = await settled(hub.client({ tracing, reconnectDelay: () => 100 }).joinRoom('math-101'));
  ours = await settled(hub.client({ tracing, reconnectDelay: () => 100 }).joinRoom('math-101'));
  await pass();
  exporter.reset();
});
afterEach(() => {
  vi.useRealTimers();
  context.disable();
});

/** As a runtime that follows promises does: Node.js. */
function followPromises(): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
}

function they() {
  return ours.peers.get(theirs.peerId)!;
}

function we() {
  return theirs.peers.get(ours.peerId)!;
}

/** The way of the last span of that name, from where its trace began. */
function wayTo(name: string): string[] {
  const spans = exporter.getFinishedSpans();
  const way: ReadableSpan[] = [];
  for (let span = spans.findLast((one) => one.name === name); span; span = spans.find((one) => one.spanContext().spanId === span?.parentSpanContext?.spanId)) way.unshift(span);
  expect(way[0]?.parentSpanContext).toBeUndefined();
  return way.map((span) => `${span.name} (${SpanKind[span.kind].toLowerCase()})`);
}

const thereAndBack = [
  'send offer (producer)',
  'process offer (consumer)',
  'send answer (producer)',
  'process answer (consumer)',
];

test.each([true, false])('an offer and its answer by negotiators are one trace; a runtime that follows promises: %s', async (follows) => {
  if (follows) followPromises();
  const [here, there] = [new FakePeerConnection(), new FakePeerConnection()];
  new PerfectNegotiator(they(), here as unknown as RTCPeerConnection);
  new PerfectNegotiator(we(), there as unknown as RTCPeerConnection);

  here.need();
  await pass(1_000);

  expect(wayTo('process answer')).toEqual(thereAndBack);
});

test('an answer that the app makes later continues the trace of the offer', async () => {
  const offers: unknown[] = [];
  we().on('description', (description) => offers.push(description));
  they().on('description', () => {});
  await settled(they().sendOffer('v=0'));

  await settled(we().sendAnswer('v=0'));
  await pass();

  expect(offers).toHaveLength(1);
  expect(wayTo('process answer')).toEqual(thereAndBack);
});

test('what a handler sends at once belongs to what it handles, and what the app does to its own span', async () => {
  followPromises();
  theirs.on('data', ({ peer, data }) => void (data === 'ping' && peer.sendData('pong')));
  ours.on('data', () => {});

  await settled(tracer.startActiveSpan('click', async (span) => {
    await ours.sendData('ping');
    span.end();
  }));
  await pass();

  expect(wayTo('process data')).toEqual(['click (internal)', 'send data (producer)', 'process data (consumer)', 'send data (producer)', 'process data (consumer)']);
});

test('what is sent again keeps the trace of the first time', async () => {
  let lost = 0;
  hub.loses = (signal) => signal.description !== undefined && lost++ === 0;
  const [offer] = [they().sendOffer('v=0')];
  await settled(offer);
  await pass(5_000);

  const traces = hub.sent('Send').filter(({ description }) => description).map(({ traceparent }) => traceparent);
  expect(traces).toHaveLength(2);
  expect(traces[0]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(traces[1]).toBe(traces[0]);
  expect(exporter.getFinishedSpans().filter(({ name }) => name === 'send offer')).toHaveLength(1);
});

test('a join is a span under what the app does, by URL and by invocation, and a resume one of its own', async () => {
  followPromises();
  const client = hub.client({ tracing, reconnectDelay: () => 100 });
  await settled(tracer.startActiveSpan('open', async (span) => {
    await client.joinRoom('one');
    await client.joinRoom('two');
    span.end();
  }));

  const [byUrl, byInvocation] = exporter.getFinishedSpans().filter(({ name }) => name === 'join');
  expect(new URL(hub.sockets.at(-1)!.url).searchParams.get('traceparent')).toBe(traceparentOf(byUrl));
  expect(hub.sent('Join').at(-1)).toMatchObject({ room: 'two', traceparent: traceparentOf(byInvocation) });
  expect(wayTo('join')).toEqual(['open (internal)', 'join (client)']);

  exporter.reset();
  hub.sockets.at(-1)!.drop();
  await pass(2_000);

  expect(wayTo('resume')).toEqual(['resume (client)']);
  expect(exporter.getFinishedSpans().every(({ status }) => status.code !== SpanStatusCode.ERROR)).toBe(true);
});

test('spans tell the kind of a signal, and neither what is in it nor an id', async () => {
  we().on('description', () => {});

  await settled(they().sendOffer('v=0 secret'));

  const spans = exporter.getFinishedSpans().map(({ name, attributes }) => ({ name, attributes }));
  expect(spans.map(({ attributes }) => attributes['signaling.kind'])).toEqual(expect.arrayContaining(['offer']));
  const told = JSON.stringify(spans);
  for (const secret of ['secret', 'math-101', ours.peerId + '"', theirs.peerId + '"']) expect(told).not.toContain(secret);
});

test('a failed send says why', async () => {
  hub.answer = ({ target }) => (target === 'Send' ? 'invalid-signal (give-up): No.' : undefined);

  await expect(settled(they().sendOffer('v=0'))).rejects.toThrow();

  expect(exporter.getFinishedSpans()[0]).toMatchObject({ name: 'send offer', status: { code: SpanStatusCode.ERROR }, attributes: { 'error.type': 'invalid-signal' } });
});

test('a trace that is not kept says so to the others', async () => {
  const dropping = new BasicTracerProvider({ sampler: { shouldSample: () => ({ decision: SamplingDecision.NOT_RECORD }), toString: () => 'none' } });
  const room = await settled(hub.client({ tracing: openTelemetry(dropping) }).joinRoom('math-101'));

  await settled(room.sendData('hi'));

  expect(hub.sent('Send').at(-1).traceparent).toMatch(/-00$/);
});

test('without tracing nothing is sent along, but an answer goes on in the trace of its offer', async () => {
  const plain = await settled(hub.client().joinRoom('math-101'));
  await pass();
  await settled(plain.sendData('hi'));
  expect(hub.sent('Send').at(-1)).not.toHaveProperty('traceparent');

  plain.peers.get(ours.peerId)!.on('description', () => {});
  await settled(ours.peers.get(plain.peerId)!.sendOffer('v=0'));
  const offer = hub.sent('Send').findLast(({ description }) => description);
  await settled(plain.peers.get(ours.peerId)!.sendAnswer('v=0'));

  expect(hub.sent('Send').findLast(({ description }) => description?.type === 'answer').traceparent).toBe(offer.traceparent);
});

function traceparentOf(span: ReadableSpan | undefined): string {
  const { traceId, spanId } = span!.spanContext();
  return `00-${traceId}-${spanId}-01`;
}

test('the globally registered provider is the default', async () => {
  trace.setGlobalTracerProvider(provider);
  const room = await settled(hub.client({ tracing: openTelemetry() }).joinRoom('math-101'));
  await settled(room.sendData('hi'));

  expect(wayTo('send data')).toEqual(['send data (producer)']);
  trace.disable();
});
