import type { PeerLink } from '../call/peerLink';
import type { LinkStats } from '../call/stats';
import type { RemotePeer } from 'signaling-client';

/** Another person in the call, as a tile shows them. */
export interface Person {
  id: string;
  name: string;
  muted: boolean;
  handRaised: boolean;
  connection: RTCPeerConnectionState;
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
    connection: link?.connection.connectionState ?? 'new',
    stream,
    showsCamera: attributes['camera'] !== 'off' && (stream?.getVideoTracks().some((track) => !track.muted) ?? false),
    screen: streams.find(({ id }) => id === screenId),
    roundTripMs: stats?.roundTripMs,
  };
}
