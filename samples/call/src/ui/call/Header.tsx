import type { App } from '../../state/app';
import type { Call } from '../../state/call';
import { IconButton } from '../IconButton';
import { DebugIcon, KeyboardIcon, LinkIcon, PeopleIcon, SettingsIcon } from '../icons';
import { LogoMark } from '../Logo';
import { ThemeButton } from '../ThemeButton';
import type { Shortcuts } from './shortcuts';

export function Header({ app, call, shortcuts }: { app: App; call: Call; shortcuts: Shortcuts }) {
  const count = call.people.value.length + 1;
  return (
    <header class="call-header">
      <LogoMark />
      <span class="room-name">{call.room.id}</span>
      <span class="people-count"><PeopleIcon />{count}<span class="sr-only">{count === 1 ? ' person' : ' people'} in the call</span></span>
      <span class="spacer" />
      <IconButton label="Copy link" shortcut="l" class="tip-below" onClick={shortcuts.l}><LinkIcon /></IconButton>
      <IconButton label="Devices" class="tip-below" onClick={() => (app.settingsOpen.value = true)}><SettingsIcon /></IconButton>
      <ThemeButton />
      <IconButton label="Debug overlay" shortcut="d" pressed={app.debugOpen.value} class="tip-below" onClick={shortcuts.d}><DebugIcon /></IconButton>
      <IconButton label="Keyboard shortcuts" shortcut="?" class="tip-below keyboard-only" onClick={shortcuts['?']}><KeyboardIcon /></IconButton>
    </header>
  );
}
