import type { ClientHandlers, HubLink } from '../connection/hub-link.js';
import type { GoingAway, Pong, Removed, Welcome } from '../contracts.js';
import type { Entry } from './entry.js';
import type { Room } from './room.js';

/** Handles what is not for one room alone. */
export interface SessionHandlers {
  welcome(welcome: Welcome, entry: Entry): void;

  /** @param room the room, when it lives on this entry's link */
  removed(removed: Removed, entry: Entry, room: Room | undefined): void;

  goingAway(goingAway: GoingAway, entry: Entry): void;
}

/** Hands each message that comes over an entry's link to its room. */
export function handlersOf(rooms: ReadonlyMap<string, Room>, entry: Entry, session: SessionHandlers): ClientHandlers {
  // Roster versions are a link's own: what another one than the room's still says of it is out of date.
  const roomOn = (id: string) => {
    const room = rooms.get(id);
    return room?.link === entry.link ? room : undefined;
  };
  return {
    Welcome: (welcome) => session.welcome(welcome, entry),
    PeerJoined: (joined) => roomOn(joined.room)?.peerJoined(joined),
    PeerLeft: (left) => roomOn(left.room)?.peerLeft(left),
    PeerUpdated: (updated) => roomOn(updated.room)?.peerUpdated(updated),
    PeerStateChanged: (changed) => roomOn(changed.room)?.peerStateChanged(changed),
    Signal: (signal) => rooms.get(signal.room)?.signal(signal),
    Removed: (removed) => session.removed(removed, entry, roomOn(removed.room)),
    GoingAway: (goingAway) => session.goingAway(goingAway, entry),
  };
}

/** A pong tells the roster versions that the hub has for a link. */
export function expectVersions(rooms: ReadonlyMap<string, Room>, link: HubLink, { rosterVersions }: Pong): void {
  for (const [id, version] of Object.entries(rosterVersions)) {
    const room = rooms.get(id);
    if (room?.link === link) room.expectVersion(version);
  }
}
