import { useEffect, useRef } from 'preact/hooks';
import { LevelMeter } from '../call/levelMeter';
import type { MediaState } from '../state/media';

/** A bar that moves while one speaks. Drawn directly: a component update for each frame would be a waste. */
export function MicrophoneLevel({ media }: { media: MediaState }) {
  const bar = useRef<HTMLSpanElement>(null);
  const track = media.microphoneOn.value && media.revision.value >= 0 ? media.local.track('microphone') : null;
  useEffect(() => {
    if (!track) return;
    const meter = new LevelMeter(track);
    let frame = requestAnimationFrame(function draw() {
      bar.current?.style.setProperty('--level', meter.level().toFixed(2));
      frame = requestAnimationFrame(draw);
    });
    return () => {
      cancelAnimationFrame(frame);
      meter.close();
    };
  }, [track]);
  return <span ref={bar} class={`level ${track ? '' : 'off'}`} role="img" aria-label={track ? 'Microphone level' : 'Microphone is off'}><span /></span>;
}
