import { useLayoutEffect, useRef } from 'preact/hooks';

export const shortcutKeys = {
  m: 'Microphone on or off',
  v: 'Camera on or off',
  s: 'Share your screen',
  h: 'Raise or lower your hand',
  c: 'Chat',
  l: 'Copy the link',
  d: 'Debug overlay',
  '?': 'This list',
} as const;

export type Shortcuts = Record<keyof typeof shortcutKeys, () => void>;

/** Single keys, except where someone types or a dialog is open. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  // At once with the screen that shows the buttons, not after the next frame.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest('input, textarea, select, dialog');
      const key = event.key.toLowerCase();
      if (typing || event.repeat || event.ctrlKey || event.metaKey || event.altKey || !isShortcut(key)) return;
      event.preventDefault();
      latest.current[key]();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

const isShortcut = (key: string): key is keyof Shortcuts => Object.hasOwn(shortcutKeys, key);
