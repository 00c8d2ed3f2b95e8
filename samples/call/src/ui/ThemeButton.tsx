import { isDark, toggleTheme } from '../state/theme';
import { IconButton } from './IconButton';
import { MoonIcon, SunIcon } from './icons';

export const ThemeButton = () => (
  <IconButton label={isDark() ? 'Light theme' : 'Dark theme'} class="tip-below" onClick={toggleTheme}>
    {isDark() ? <SunIcon /> : <MoonIcon />}
  </IconButton>
);
