import { signal } from '@preact/signals';

export interface Toast {
  id: number;
  text: string;
  kind: 'info' | 'error';
}

export const toasts = signal<readonly Toast[]>([]);

const shownForMs = { info: 4_000, error: 8_000 };
let lastId = 0;

export function toast(text: string, kind: Toast['kind'] = 'info'): void {
  const id = ++lastId;
  // Three at most: a whole class that leaves at once must not cover the page.
  toasts.value = [...toasts.value, { id, text, kind }].slice(-3);
  setTimeout(() => dismiss(id), shownForMs[kind]);
}

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((shown) => shown.id !== id);
}
