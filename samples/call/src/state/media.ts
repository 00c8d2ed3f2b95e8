import { signal } from '@preact/signals';
import { listDevices, type Device, type Slot } from '../call/devices';
import { LocalMedia } from '../call/localMedia';
import type { LinkConfig } from './link';
import { recall, remember } from './remembered';

/** Our own microphone, camera and screen, as the components see them. */
export class MediaState {
  readonly local = new LocalMedia();
  readonly microphoneOn = signal(false);
  readonly cameraOn = signal(false);
  readonly screenOn = signal(false);
  /** Counts changes of a track; components that show one read it. */
  readonly revision = signal(0);
  readonly problems = signal<Partial<Record<Device, string>>>({});
  readonly devices = signal<Record<Device, MediaDeviceInfo[]>>({ microphone: [], camera: [] });
  readonly chosen = signal<Record<Device, string>>({ microphone: '', camera: '' });

  constructor() {
    this.local.on('change', (slot) => this.#changed(slot));
    navigator.mediaDevices?.addEventListener('devicechange', () => void this.#refreshDevices());
  }

  /** Opens what was in use at the last visit, unless the link says otherwise. */
  async start(link: LinkConfig): Promise<void> {
    if (link.cameraHeight) this.local.cameraHeight = link.cameraHeight;
    const { microphoneId, cameraId, microphoneOn, cameraOn } = recall();
    if (microphoneId) await this.local.choose('microphone', microphoneId);
    if (cameraId) await this.local.choose('camera', cameraId);
    if (link.camera && cameraOn) await this.local.setCamera(true);
    if (link.microphone && microphoneOn) await this.local.setMicrophone(true);
  }

  async toggleMicrophone(): Promise<void> {
    await this.local.setMicrophone(!this.microphoneOn.value);
    remember({ microphoneOn: this.microphoneOn.value });
  }

  async toggleCamera(): Promise<void> {
    await this.local.setCamera(!this.cameraOn.value);
    remember({ cameraOn: this.cameraOn.value });
  }

  toggleScreen(): Promise<void> {
    return this.local.setScreen(!this.screenOn.value);
  }

  async choose(device: Device, deviceId: string): Promise<void> {
    await this.local.choose(device, deviceId);
    this.chosen.value = { ...this.chosen.value, [device]: deviceId };
    remember(device === 'microphone' ? { microphoneId: deviceId } : { cameraId: deviceId });
  }

  #changed(slot: Slot): void {
    this.microphoneOn.value = this.local.isOn('microphone');
    this.cameraOn.value = this.local.isOn('camera');
    this.screenOn.value = this.local.isOn('screen');
    this.problems.value = { microphone: this.local.problem('microphone'), camera: this.local.problem('camera') };
    this.revision.value++;
    if (slot !== 'screen') void this.#refreshDevices();
  }

  async #refreshDevices(): Promise<void> {
    const [microphone, camera] = await Promise.all([listDevices('microphone'), listDevices('camera')]);
    const inUse = (device: Device) => this.local.track(device)?.getSettings().deviceId ?? this.chosen.value[device];
    this.devices.value = { microphone, camera };
    this.chosen.value = { microphone: inUse('microphone'), camera: inUse('camera') };
  }
}
