import { ScreenIcon } from '../icons';
import { Video } from '../Video';

export const ScreenTile = ({ label, stream, own = false }: { label: string; stream: MediaStream | undefined; own?: boolean }) => (
  <article class="tile screen" aria-label={label}>
    <Video stream={stream} own={own} label={label} />
    <span class="tile-label"><ScreenIcon /><span class="tile-name">{label}</span></span>
  </article>
);
