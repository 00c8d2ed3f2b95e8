import { useSignal } from '@preact/signals';
import type { App } from '../../state/app';
import type { Call } from '../../state/call';
import { useEvery } from '../hooks';

interface BannerProps {
  app: App;
  call: Call;
}

/** Says that the way to the hub is lost. Calls that are up go on meanwhile: their media does not pass the hub. */
export const ReconnectingBanner = ({ app, call }: BannerProps) => (
  <div role="status" class="banner-place">
    {app.connection.value === 'reconnecting' && <Banner app={app} call={call} />}
  </div>
);

function Banner({ app, call }: BannerProps) {
  const now = useSignal(performance.now());
  useEvery(500, () => (now.value = performance.now()));
  const seconds = app.retryAt.value === null ? 0 : Math.ceil((app.retryAt.value - now.value) / 1000);
  const comingBack = now.value < app.lostAt.value + (call.room.resumeWindowMs ?? 0);
  return (
    <div class="banner">
      <span class="spinner" aria-hidden="true" />
      <span>
        Connection lost. Reconnecting
        {/* Not announced: a screen reader would read out every second. */}
        <span aria-hidden="true">{seconds > 0 ? ` in ${seconds} s…` : '…'}</span>
      </span>
      <span>{comingBack ? 'You keep your place, and the call goes on.' : 'The others see you leave. You will join again.'}</span>
      <button type="button" class="button small" onClick={() => app.retryNow()}>Try now</button>
    </div>
  );
}
