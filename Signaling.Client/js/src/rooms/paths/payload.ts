import type { Signal } from '../../contracts.js';
import { SignalingError } from '../../errors.js';

/** The content of a signal: one of the three. */
export type Payload = Pick<Signal, 'description' | 'candidates' | 'data'>;

/** The content of an arrived signal; `undefined` for a bare acknowledgement. */
export function payloadOf({ description, candidates, data }: Signal): Payload | undefined {
  if (description) return { description };
  if (candidates) return { candidates };
  return data === undefined ? undefined : { data };
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
