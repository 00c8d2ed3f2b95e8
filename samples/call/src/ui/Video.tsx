import { useEffect, useRef } from 'preact/hooks';
import { toast } from '../state/toasts';

interface VideoProps {
  stream: MediaStream | undefined;
  /** Our own picture: mirrored, and without its sound. */
  own?: boolean;
  label: string;
  hidden?: boolean;
}

/**
 * Plays a stream; while hidden, its sound goes on. Give it no stream without tracks: a media element that waits for its first frame holds
 * back the page's `load` event.
 */
export function Video({ stream, own = false, label, hidden = false }: VideoProps) {
  const ref = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = ref.current;
    if (!video || video.srcObject === (stream ?? null)) return;
    video.srcObject = stream ?? null;
    if (stream) video.play().catch(playOnClick(video));
  }, [stream]);
  return <video ref={ref} class={own ? 'mirrored' : ''} aria-label={label} hidden={hidden} autoplay playsInline muted={own} />;
}

/** A page that was opened by a link alone may not play sound before the first click. */
const playOnClick = (video: HTMLVideoElement) => (error: unknown) => {
  if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return;
  toast('Your browser holds the sound back. Click anywhere to hear the others.');
  addEventListener('pointerdown', () => void video.play(), { once: true });
};
