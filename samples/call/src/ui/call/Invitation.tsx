import { shareLink } from '../../state/link';
import { LinkIcon } from '../icons';
import { copyLink } from './copyLink';

/** Takes the place of the others while there are none. */
export const Invitation = ({ room }: { room: string }) => (
  <section class="tile invitation" aria-label="Invite others">
    <h2>You are the first one here</h2>
    <p>Send this link to up to five people.</p>
    <code>{shareLink(room).replace(/^https?:\/\//, '')}</code>
    <button type="button" class="button primary" onClick={() => void copyLink(room)}><LinkIcon />Copy link</button>
  </section>
);
