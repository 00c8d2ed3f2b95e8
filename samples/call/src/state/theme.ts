import { effect, signal } from '@preact/signals';
import { recall, remember } from './remembered';

const system = matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = signal(system.matches);
system.addEventListener('change', () => (systemIsDark.value = system.matches));

const choice = signal(recall().theme);

export const isDark = (): boolean => (choice.value === 'system' ? systemIsDark.value : choice.value === 'dark');

/** Switches to the other theme; back on the system's own, it follows the system again. */
export function toggleTheme(): void {
  const dark = !isDark();
  choice.value = dark === systemIsDark.value ? 'system' : dark ? 'dark' : 'light';
  remember({ theme: choice.value });
}

effect(() => {
  document.documentElement.dataset['theme'] = isDark() ? 'dark' : 'light';
});
