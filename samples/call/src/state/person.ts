import type { PeerLink } from '../call/peerLink';
import type { LinkStats } from '../call/stats';
import type { PeerState, RemotePeer } from 'signaling-client';

const silentAfterMs = 8_000;

const away: Partial<Record<PeerState, string>> = {
  reconnecting: 'Reconnecting',
  unreachable: 'Their region cannot be reached',
};

/** Another person in the call, as a tile shows them. */
export interface Person {
  id: string;
  name: string;
  muted: boolean;
  handRaised: boolean;
  /** Why they cannot be reached through the hub for now, if so. The media may go on. */
  away?: string;
  /** `silent`: in the room, but without any sign of media; a console peer for instance. */
  connection: RTCPeerConnectionState | 'silent';
  /** Camera and microphone. */
  stream?: MediaStream;
  showsCamera: boolean;
  /** The screen that they share. */
  screen?: MediaStream;
  roundTripMs?: number;
}

export function describePerson(peer: RemotePeer, link: PeerLink | undefined, stats: LinkStats | undefined): Person {
  const { attributes } = peer;
  const screenId = attributes['screen'] === 'true' ? attributes['screenStream'] : undefined;
  const streams = [...(link?.streams.values() ?? [])];
  const stream = streams.find(({ id }) => id !== attributes['screenStream']);
  return {
    id: peer.id,
    name: peer.name ?? 'Guest',
    muted: attributes['muted'] === 'true',
    handRaised: attributes['hand'] === 'true',
    away: away[peer.state],
    connection: connectionOf(link),
    stream,
    showsCamera: attributes['camera'] !== 'off' && (stream?.getVideoTracks().some((track) => !track.muted) ?? false),
    screen: streams.find(({ id }) => id === screenId),
    roundTripMs: stats?.roundTripMs,
  };
}

function connectionOf(link: PeerLink | undefined): Person['connection'] {
  if (!link) return 'new';
  const state = link.connection.connectionState;
  return state === 'new' && performance.now() - link.openedAt > silentAfterMs ? 'silent' : state;
}
