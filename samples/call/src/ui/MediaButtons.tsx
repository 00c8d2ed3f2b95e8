import type { MediaState } from '../state/media';
import { IconButton } from './IconButton';
import { CameraIcon, CameraOffIcon, MicrophoneIcon, MicrophoneOffIcon } from './icons';

export function MicrophoneButton({ media }: { media: MediaState }) {
  const on = media.microphoneOn.value;
  return (
    <IconButton label={on ? 'Mute microphone' : 'Unmute microphone'} shortcut="m" class={`control ${on ? '' : 'off'}`} onClick={() => void media.toggleMicrophone()}>
      {on ? <MicrophoneIcon /> : <MicrophoneOffIcon />}
    </IconButton>
  );
}

export function CameraButton({ media }: { media: MediaState }) {
  const on = media.cameraOn.value;
  return (
    <IconButton label={on ? 'Turn camera off' : 'Turn camera on'} shortcut="v" class={`control ${on ? '' : 'off'}`} onClick={() => void media.toggleCamera()}>
      {on ? <CameraIcon /> : <CameraOffIcon />}
    </IconButton>
  );
}
