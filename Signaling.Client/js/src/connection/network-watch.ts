/** Calls back when the browser is online again or its tab comes to the front; returns how to stop. Elsewhere it does nothing. */
export function watchNetwork(changed: () => void): () => void {
  if (typeof window === 'undefined' || typeof document === 'undefined') return () => {};
  const shown = () => {
    if (document.visibilityState === 'visible') changed();
  };
  window.addEventListener('online', changed);
  document.addEventListener('visibilitychange', shown);
  return () => {
    window.removeEventListener('online', changed);
    document.removeEventListener('visibilitychange', shown);
  };
}
