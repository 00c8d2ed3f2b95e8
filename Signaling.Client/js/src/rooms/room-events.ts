import type { LeaveReason, PeerState } from '../contracts.js';
import type { SignalingError } from '../errors.js';
import type { RemotePeer } from './remote-peer.js';

/** Events of a `Room`. */
export interface RoomEvents {
  /** Another peer has joined and can be reached. */
  peerjoined: { readonly peer: RemotePeer };
  /** Another peer has left; it does not come back (a rejoin makes a new peer). */
  peerleft: { readonly peer: RemotePeer; readonly reason: LeaveReason };
  /** The attributes of another peer have changed; these are all of them. */
  peerupdated: { readonly peer: RemotePeer; readonly attributes: Readonly<Record<string, string>> };
  /** The connection of another peer was lost (`reconnecting`), or its region cannot be reached (`unreachable`): it comes back as the same peer (`connected`), or leaves. Calls go on meanwhile. */
  peerstatechanged: { readonly peer: RemotePeer; readonly state: PeerState };
  /** App data from another peer, sent to us or to the whole room. */
  data: { readonly peer: RemotePeer; readonly data: unknown };
  /**
   * There is a new connection, and we are the same peer of the room as before: nothing was lost, and calls go on. `moved` when the former
   * connection still held, because its node is about to stop. The changes of the meantime come as `peerleft` before and the others after.
   */
  resumed: { readonly peerId: string; readonly moved: boolean };
  /**
   * The connection was away for too long and is back, or is one to another region: we are a new peer of the room, and the others have seen
   * the former one leave, or will. Calls with the peers that are still in `Room.peers` have to be made anew; those who came meanwhile follow as `peerjoined`.
   */
  rejoined: { readonly previousPeerId: string; readonly peerId: string; readonly region: string };
  /** We are no longer in the room: we left, the client was closed, or the hub refuses to have us back (with the error). */
  closed: { readonly reason: 'left' | 'client-closed' | 'refused'; readonly error?: SignalingError };
}
