import { shareLink } from '../../state/link';
import { toast } from '../../state/toasts';

export async function copyLink(room: string): Promise<void> {
  const link = shareLink(room);
  try {
    await navigator.clipboard.writeText(link);
    toast('Link copied. Send it to whoever should join.');
  } catch {
    // Clipboards are refused on pages without TLS; the link can still be read out or selected.
    toast(`Copy this link: ${link}`);
  }
}
