import type { Device } from '../call/devices';
import type { MediaState } from '../state/media';
import { CameraIcon, MicrophoneIcon } from './icons';
import { MicrophoneLevel } from './MicrophoneLevel';

export const DevicePickers = ({ media }: { media: MediaState }) => (
  <div class="devices">
    <DevicePicker media={media} device="microphone" />
    <MicrophoneLevel media={media} />
    <DevicePicker media={media} device="camera" />
  </div>
);

function DevicePicker({ media, device }: { media: MediaState; device: Device }) {
  const name = device === 'microphone' ? 'Microphone' : 'Camera';
  const devices = media.devices.value[device];
  const problem = media.problems.value[device];
  return (
    <div class="device">
      {device === 'microphone' ? <MicrophoneIcon /> : <CameraIcon />}
      <select
        aria-label={name}
        value={media.chosen.value[device]}
        disabled={devices.length === 0}
        aria-describedby={problem ? `${device}-problem` : undefined}
        onChange={(event) => void media.choose(device, event.currentTarget.value)}
      >
        {media.chosen.value[device] === '' && <option value="">No {device} in use</option>}
        {devices.map(({ deviceId, label }, index) => (
          <option key={deviceId} value={deviceId}>{label || `${name} ${index + 1}`}</option>
        ))}
      </select>
      {problem && <span id={`${device}-problem`} class="device-problem" role="alert">{problem}</span>}
    </div>
  );
}
