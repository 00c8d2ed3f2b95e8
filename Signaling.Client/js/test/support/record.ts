import type { Room } from '../../src/rooms/room.js';

/** What a room tells from now on, in order. */
export function record(room: Room): unknown[] {
  const events: unknown[] = [];
  room.on('peerjoined', ({ peer }) => events.push(['joined', peer.id, peer.wasHereFirst]));
  room.on('peerleft', ({ peer, reason }) => events.push(['left', peer.id, reason]));
  room.on('peerupdated', ({ peer, attributes }) => events.push(['updated', peer.id, attributes]));
  room.on('peerstatechanged', ({ peer, state }) => events.push(['state', peer.id, state]));
  room.on('resumed', ({ peerId, moved }) => events.push([moved ? 'moved' : 'resumed', peerId]));
  room.on('rejoined', ({ previousPeerId, peerId }) => events.push(['rejoined', previousPeerId, peerId]));
  room.on('closed', ({ reason, error }) => events.push(['closed', reason, error?.code]));
  return events;
}
