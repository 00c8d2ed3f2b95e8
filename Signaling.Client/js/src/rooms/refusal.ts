import { type ErrorCode } from '../contracts.js';
import type { SignalingError } from '../errors.js';

const aboutTheRoom: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'not-allowed',
  'invalid-room',
  'invalid-name',
  'invalid-attributes',
  'room-full',
  'too-many-rooms',
]);

/** Whether an error of the connect is about the room in its URL rather than about the connection. */
export function concernsRoom({ code }: SignalingError): boolean {
  return aboutTheRoom.has(code);
}

/**
 * Whether an error of a join is the end of it. A full room is for the user to know who comes first; who was in the room already waits
 * for a place.
 */
export function isRefusal({ code, action }: SignalingError, wasEntered: boolean): boolean {
  if (code === 'room-full') return !wasEntered;
  return action === 'give-up' || action === 'unknown';
}
