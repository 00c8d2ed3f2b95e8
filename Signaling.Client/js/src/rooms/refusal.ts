import { type ErrorCode } from '../contracts.js';
import { SignalingError } from '../errors.js';
import type { Room } from './room.js';

const aboutTheRoom: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'not-allowed',
  'invalid-room',
  'invalid-name',
  'invalid-attributes',
  'room-full',
  'too-many-rooms',
]);

/** Whether an error of the connect is about the room in its URL rather than about the connection. */
function concernsRoom({ code }: SignalingError): boolean {
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

/** What to do with the rooms that a refusal is about. */
export interface Judgement {
  refuse(room: Room, error: SignalingError): void;
  keepOutOfUrl(room: Room): void;
}

/**
 * What a refused connect means for the rooms; whether the room in the URL came too late to resume, so that to try again at once helps.
 * @param all who is concerned by an error that is not about the room in the URL
 */
export function judge(inUrl: Room | undefined, error: Error | undefined, all: readonly Room[], act: Judgement): boolean {
  if (!(error instanceof SignalingError)) return false;
  if (error.code === 'resume-expired' && inUrl?.expired()) return true;
  for (const room of concernsRoom(error) && inUrl ? [inUrl] : all) {
    if (isRefusal(error, room.wasEntered)) act.refuse(room, error);
    else if (error.code === 'room-full') act.keepOutOfUrl(room);
  }

  return false;
}
