export interface TileConnection {
  state: RTCPeerConnectionState | 'silent';
  roundTripMs?: number;
}

const words: Record<TileConnection['state'], string> = {
  new: 'Connecting…',
  connecting: 'Connecting…',
  connected: 'Connected',
  disconnected: 'Reconnecting…',
  failed: 'No connection',
  closed: 'Closed',
  silent: 'No media',
};

const goodMs = 150;
const fairMs = 300;

/** How well we reach a peer: in words until it is connected, then as the media's round trip. */
export function ConnectionBadge({ state, roundTripMs }: TileConnection) {
  const quality = state !== 'connected' ? 'none' : roundTripMs === undefined || roundTripMs < goodMs ? 'good' : roundTripMs < fairMs ? 'fair' : 'poor';
  const measured = state === 'connected' && roundTripMs !== undefined;
  return (
    <span class={`badge connection ${quality}`} data-state={state} title={measured ? `Round trip: ${roundTripMs} ms` : words[state]}>
      <span class="dot" aria-hidden="true" />
      {measured ? `${roundTripMs} ms` : words[state]}
    </span>
  );
}
