// @ts-check

/** @typedef {{ view: 'overview' | 'rooms', room: string | null, search: string | null }} Route Search: `null` where the address does not say. */

/**
 * Where the address leads: `#/`, `#/rooms`, `#/rooms?part` or `#/room/id`.
 * @param {string} hash
 * @returns {Route}
 */
export function routeOf(hash) {
  const room = /^#\/room\/(.+)$/.exec(hash)?.[1];
  if (room) return { view: 'rooms', room: decode(room), search: null };
  const rooms = /^#\/rooms(?:\?(.*))?$/.exec(hash);
  if (rooms) return { view: 'rooms', room: null, search: decode(rooms[1] ?? '') };
  return { view: 'overview', room: null, search: null };
}

/** @param {string} id */
export const roomHref = id => `#/room/${encodeURIComponent(id)}`;

/** @param {string} text */
export const roomsHref = text => text ? `#/rooms?${encodeURIComponent(text)}` : '#/rooms';

/** An address that someone has typed may be no proper one. @param {string} part */
function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
