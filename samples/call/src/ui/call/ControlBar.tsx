import type { RefObject } from 'preact';
import { canShareScreen } from '../../call/devices';
import type { App } from '../../state/app';
import type { Call } from '../../state/call';
import { IconButton } from '../IconButton';
import { ChatIcon, HandIcon, LeaveIcon, ScreenIcon } from '../icons';
import { CameraButton, MicrophoneButton } from '../MediaButtons';
import type { Shortcuts } from './shortcuts';

interface ControlBarProps {
  app: App;
  call: Call;
  shortcuts: Shortcuts;
  chatButton: RefObject<HTMLButtonElement | null>;
}

export function ControlBar({ app, call, shortcuts, chatButton }: ControlBarProps) {
  const { media } = app;
  const hand = call.handRaised.value;
  const sharing = media.screenOn.value;
  return (
    <nav class="controls" aria-label="Call controls">
      <MicrophoneButton media={media} />
      <CameraButton media={media} />
      {canShareScreen() && (
        <IconButton label={sharing ? 'Stop sharing' : 'Share your screen'} shortcut="s" pressed={sharing} class="control" onClick={shortcuts.s}>
          <ScreenIcon />
        </IconButton>
      )}
      <IconButton label={hand ? 'Lower your hand' : 'Raise your hand'} shortcut="h" pressed={hand} class="control" onClick={shortcuts.h}>
        <HandIcon />
      </IconButton>
      <ChatButton call={call} buttonRef={chatButton} onClick={shortcuts.c} />
      <IconButton label="Leave the call" class="control leave" onClick={() => void app.leave()}><LeaveIcon /></IconButton>
    </nav>
  );
}

function ChatButton({ call: { chat }, buttonRef, onClick }: { call: Call; buttonRef: RefObject<HTMLButtonElement | null>; onClick: () => void }) {
  const unread = chat.unread.value;
  return (
    <IconButton label={unread ? `Chat, ${unread} unread` : 'Chat'} shortcut="c" expanded={chat.open.value} class="control" onClick={onClick} buttonRef={buttonRef}>
      <ChatIcon />
      {unread > 0 && <span class="unread" aria-hidden="true">{unread > 9 ? '9+' : unread}</span>}
    </IconButton>
  );
}
