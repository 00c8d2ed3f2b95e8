/** What this side can send. The microphone and the camera belong to one stream, the screen to another. */
export type Slot = 'microphone' | 'camera' | 'screen';

export type Device = 'microphone' | 'camera';

/** The height of the camera's picture when no link says otherwise. */
export const defaultCameraHeight = 720;

const kinds = { microphone: 'audioinput', camera: 'videoinput' } as const;

/** The devices to choose from. Browsers tell their labels only once one of them may be used. */
export async function listDevices(device: Device): Promise<MediaDeviceInfo[]> {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return all.filter(({ kind, deviceId }) => kind === kinds[device] && deviceId !== '');
}

export const canShareScreen = (): boolean => 'getDisplayMedia' in (navigator.mediaDevices ?? {});

/** Opens a device; when the chosen one is not there any more, any other of its kind. */
export async function openDevice(device: Device, cameraHeight: number, deviceId?: string): Promise<MediaStreamTrack> {
  try {
    return await open(device, cameraHeight, deviceId);
  } catch (error) {
    if (deviceId && error instanceof DOMException && ['OverconstrainedError', 'NotFoundError'].includes(error.name)) {
      return open(device, cameraHeight);
    }
    throw error;
  }
}

/** Lets the user pick a window, a tab or the whole screen. */
export async function openScreen(): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 15 } } });
  const track = stream.getVideoTracks()[0]!;
  // Text stays sharp when bandwidth gets scarce; motion may stutter.
  track.contentHint = 'detail';
  return track;
}

async function open(device: Device, height: number, deviceId?: string): Promise<MediaStreamTrack> {
  const exact = deviceId ? { deviceId: { exact: deviceId } } : {};
  const stream = await navigator.mediaDevices.getUserMedia(
    device === 'microphone'
      ? { audio: { ...exact, echoCancellation: true, noiseSuppression: true, autoGainControl: true } }
      : { video: { ...exact, width: { ideal: Math.round((height * 16) / 9) }, height: { ideal: height }, frameRate: { max: 30 } } },
  );
  return stream.getTracks()[0]!;
}
