import type { Signal } from '../../contracts.js';
import { SignalingError } from '../../errors.js';
import type { TracedKind } from '../../tracing/tracing.js';

/** The content of a signal: one of the three; and the trace that it is in, the same however often it is sent. */
export type Payload = Pick<Signal, 'description' | 'candidates' | 'data' | 'traceparent'>;

/** The content of an arrived signal; `undefined` for a bare acknowledgement. */
export function payloadOf({ description, candidates, data, traceparent }: Signal): Payload | undefined {
  if (description) return under(traceparent, { description });
  if (candidates) return under(traceparent, { candidates });
  return data === undefined ? undefined : under(traceparent, { data });
}

/** The content in a trace. */
export function under(traceparent: string | undefined, payload: Payload): Payload {
  return traceparent === undefined ? payload : { ...payload, traceparent };
}

/** What a signal is to a trace. */
export function kindOf({ description, candidates }: Payload): TracedKind {
  return description ? (description.type as TracedKind) : candidates ? 'candidates' : 'data';
}

/** App data as it will be on the wire; a copy, so that a later change by the app cannot alter a retransmission. */
export function dataPayload(data: unknown): Payload {
  const text = JSON.stringify(data);
  if (text === undefined || text === 'null') throw new SignalingError('invalid-signal', 'App data is any JSON value but null.');
  return { data: JSON.parse(text) };
}

/** A candidate without the fields that have no value: on the wire they are absent, never `null`. */
export function candidatePayload(candidates: readonly RTCIceCandidateInit[]): Payload {
  return {
    candidates: candidates.map(({ candidate = '', sdpMid, sdpMLineIndex, usernameFragment }) => ({
      candidate,
      ...(sdpMid != null && { sdpMid }),
      ...(sdpMLineIndex != null && { sdpMLineIndex }),
      ...(usernameFragment != null && { usernameFragment }),
    })),
  };
}
