import { type ResumeRequest, connectQuery, protocolVersions } from '../contracts.js';

/** The room that the hub joins during the connect, so that joining takes no round trip of its own. */
export interface ConnectRoom {
  readonly id: string;
  readonly name?: string | undefined;
  /** The peer to resume in it. */
  readonly resume?: ResumeRequest | undefined;
  /** Whether we were in it before. */
  readonly rejoin?: boolean | undefined;
}

/** The hub's URL, absolute or relative, with what the connect says about us. */
export function connectUrl(hub: string, room: ConnectRoom | undefined): string {
  const query = new URLSearchParams();
  if (room) query.set(connectQuery.room, room.id);
  if (room?.name !== undefined) query.set(connectQuery.name, room.name);
  if (room?.resume) query.set(connectQuery.resumePeer, room.resume.peerId);
  if (room?.resume) query.set(connectQuery.resumeToken, room.resume.token);
  if (room?.rejoin) query.set(connectQuery.rejoin, '1');
  query.set(connectQuery.acks, '1');
  query.set(connectQuery.resumable, '1');
  query.set(connectQuery.version, String(protocolVersions.current));
  return `${hub}${hub.includes('?') ? '&' : '?'}${query}`;
}
