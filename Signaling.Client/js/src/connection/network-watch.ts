/** What a browser may notice of its network. */
export interface NetworkEvents {
  /** The device is on another network. */
  changed(): void;
  /** The page comes to the front: what was lost meanwhile may not be noticed yet. */
  shown(): void;
}

/** Chromium's NetworkInformation; its events also tell of mere estimates. */
interface Connectivity extends EventTarget {
  readonly type?: string;
}

/** Watches the browser's network; returns how to stop. Elsewhere it does nothing. */
export function watchNetwork({ changed, shown }: NetworkEvents): () => void {
  if (typeof window === 'undefined' || typeof document === 'undefined') return () => {};
  const stop = new AbortController();
  const { signal } = stop;
  window.addEventListener('online', changed, { signal });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && shown(), { signal });
  watchType(changed, signal);
  return () => stop.abort();
}

/** From Wi-Fi to mobile data without being offline in between. */
function watchType(changed: () => void, signal: AbortSignal): void {
  const { connection } = navigator as Navigator & { connection?: Connectivity };
  let type = connection?.type;
  const check = () => {
    const before = type;
    type = connection?.type;
    if (type !== before && type !== 'none' && type !== undefined) changed();
  };
  connection?.addEventListener('change', check, { signal });
}
