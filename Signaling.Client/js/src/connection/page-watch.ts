/** Calls back when the browser drops the page for good, rather than keep it to come back to; returns how to stop. Elsewhere it does nothing. */
export function watchPageEnd(ended: () => void): () => void {
  if (typeof window === 'undefined') return () => {};
  const hidden = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) ended();
  };
  window.addEventListener('pagehide', hidden);
  return () => window.removeEventListener('pagehide', hidden);
}
