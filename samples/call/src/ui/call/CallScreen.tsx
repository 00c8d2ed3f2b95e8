import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { App } from '../../state/app';
import type { Call } from '../../state/call';
import { DevicePickers } from '../DevicePickers';
import { Dialog } from '../Dialog';
import { useFocusOnMount } from '../hooks';
import { ChatPanel } from './ChatPanel';
import { ControlBar } from './ControlBar';
import { DebugOverlay } from './DebugOverlay';
import { Header } from './Header';
import { People } from './People';
import { ReconnectingBanner } from './ReconnectingBanner';
import { ShortcutList } from './ShortcutList';
import { useShortcuts, type Shortcuts } from './shortcuts';
import { copyLink } from './copyLink';

export function CallScreen({ app, call }: { app: App; call: Call }) {
  const heading = useFocusOnMount<HTMLHeadingElement>();
  const chatButton = useRef<HTMLButtonElement>(null);
  const helpOpen = useSignal(false);
  const toggleChat = () => {
    call.chat.toggle();
    if (!call.chat.open.value) chatButton.current?.focus();
  };
  const shortcuts: Shortcuts = {
    m: () => void app.media.toggleMicrophone(),
    v: () => void app.media.toggleCamera(),
    s: () => void app.media.toggleScreen(),
    h: () => call.toggleHand(),
    c: toggleChat,
    l: () => void copyLink(call.room.id),
    d: () => (app.debugOpen.value = !app.debugOpen.value),
    '?': () => (helpOpen.value = true),
  };
  useShortcuts(shortcuts);

  return (
    <div class={`call ${call.chat.open.value ? 'with-chat' : ''}`}>
      <Header app={app} call={call} shortcuts={shortcuts} />
      <ReconnectingBanner app={app} call={call} />
      <main class="call-main">
        <h1 ref={heading} tabIndex={-1} class="sr-only">Call in {call.room.id}</h1>
        <People app={app} call={call} />
        {app.debugOpen.value && <DebugOverlay call={call} onClose={shortcuts.d} />}
      </main>
      {call.chat.open.value && <ChatPanel call={call} onClose={toggleChat} />}
      <ControlBar app={app} call={call} chatButton={chatButton} shortcuts={shortcuts} />
      {app.settingsOpen.value && (
        <Dialog title="Devices" onClose={() => (app.settingsOpen.value = false)}><DevicePickers media={app.media} /></Dialog>
      )}
      {helpOpen.value && <Dialog title="Keyboard shortcuts" onClose={() => (helpOpen.value = false)}><ShortcutList /></Dialog>}
    </div>
  );
}
