/** What the page's address may say, so that a link alone can put someone into a call. */
export interface LinkConfig {
  room?: string;
  name?: string;
  /** Handed to the hub as it is. */
  token?: string;
  /** Use the nearest of the regions that the hub lists. */
  regions: boolean;
  /** Join at once, without the lobby. */
  join: boolean;
  /** Open the debug overlay. */
  debug: boolean;
  microphone: boolean;
  camera: boolean;
  /** Height of the camera's picture, for slow machines. */
  cameraHeight?: number;
}

export function readLink(search: string): LinkConfig {
  const query = new URLSearchParams(search);
  const isOn = (key: string) => ['1', 'true', 'on', ''].includes(query.get(key) ?? 'absent');
  return {
    room: query.get('room') ?? undefined,
    name: query.get('name') ?? undefined,
    token: query.get('token') ?? undefined,
    regions: isOn('regions'),
    join: isOn('join'),
    debug: isOn('debug'),
    microphone: query.get('microphone') !== 'off',
    camera: query.get('camera') !== 'off',
    cameraHeight: Number(query.get('height')) || undefined,
  };
}

/** The link to hand to others: the room, and nothing that is ours alone (name, token). */
export const shareLink = (room: string): string => `${location.origin}${location.pathname}?room=${encodeURIComponent(room)}`;

/** Puts the room into the address bar, so that a reload or a bookmark leads back to it. */
export function showInAddress(room: string): void {
  const url = new URL(location.href);
  url.searchParams.set('room', room);
  history.replaceState(null, '', url);
}
