import { Avatar } from '../Avatar';
import { HandIcon, MicrophoneOffIcon, ReconnectingIcon } from '../icons';
import { Video } from '../Video';
import { ConnectionBadge, type TileConnection } from './ConnectionBadge';

interface TileProps {
  name: string;
  own?: boolean;
  stream?: MediaStream;
  showsCamera: boolean;
  muted: boolean;
  handRaised: boolean;
  away?: string;
  speaking: boolean;
  connection?: TileConnection;
}

/** One person of the call. */
export const Tile = ({ name, own = false, stream, showsCamera, muted, handRaised, away, speaking, connection }: TileProps) => (
  <article class={`tile ${speaking && !muted ? 'speaking' : ''}`} aria-label={own ? `${name} (you)` : name}>
    <Video stream={stream} own={own} label={own ? 'Your camera' : `Camera of ${name}`} hidden={!showsCamera} />
    {!showsCamera && <div class="tile-avatar"><Avatar name={name} /></div>}
    {connection && <ConnectionBadge {...connection} />}
    {handRaised && <span class="badge hand" role="img" aria-label="Hand raised"><HandIcon /></span>}
    <span class="tile-label">
      {away && <span class="reconnecting" role="img" aria-label={away} title={away}><ReconnectingIcon /></span>}
      {muted && <span class="muted" role="img" aria-label="Muted"><MicrophoneOffIcon /></span>}
      <span class="tile-name">{own ? `${name} (you)` : name}</span>
    </span>
  </article>
);
