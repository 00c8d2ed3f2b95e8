import { useSignal } from '@preact/signals';
import type { App } from '../../state/app';
import { useEvery } from '../hooks';

/** Says that the way to the hub is lost. Calls that are up go on meanwhile: their media does not pass the hub. */
export const ReconnectingBanner = ({ app }: { app: App }) => (
  <div role="status" class="banner-place">
    {app.connection.value === 'reconnecting' && (
      <div class="banner">
        <span class="spinner" aria-hidden="true" />
        <span>Connection lost. Reconnecting<RetryCountdown app={app} /></span>
        <button type="button" class="button small" onClick={() => app.retryNow()}>Try now</button>
      </div>
    )}
  </div>
);

function RetryCountdown({ app }: { app: App }) {
  const now = useSignal(performance.now());
  useEvery(500, () => (now.value = performance.now()));
  const seconds = app.retryAt.value === null ? 0 : Math.ceil((app.retryAt.value - now.value) / 1000);
  // Not announced: a screen reader would read out every second.
  return <span aria-hidden="true">{seconds > 0 ? ` in ${seconds} s…` : '…'}</span>;
}
