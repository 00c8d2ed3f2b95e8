import { describeDeviceProblem, unpluggedProblem } from './deviceProblem';
import { defaultCameraHeight, openDevice, openScreen, type Device, type Slot } from './devices';
import { Emitter } from './emitter';

interface LocalMediaEvents {
  /** The track of a slot, whether it is on, or its problem has changed. */
  change: Slot;
}

/**
 * The tracks that this side sends, each in its slot.
 *
 * Muting keeps the microphone open, so that unmuting takes no time; turning the camera off closes it, so that its light goes out.
 */
export class LocalMedia extends Emitter<LocalMediaEvents> {
  /** Microphone and camera. Its id names it to the other peers, as that of `screen` does. */
  readonly person = new MediaStream();
  readonly screen = new MediaStream();

  /** The height of the camera's picture, from the next time that it opens. */
  cameraHeight = defaultCameraHeight;

  readonly #tracks = new Map<Slot, MediaStreamTrack>();
  readonly #problems = new Map<Slot, string>();
  readonly #chosen = new Map<Device, string>();
  #work: Promise<void> = Promise.resolve();

  track(slot: Slot): MediaStreamTrack | null {
    return this.#tracks.get(slot) ?? null;
  }

  streamOf(slot: Slot): MediaStream {
    return slot === 'screen' ? this.screen : this.person;
  }

  isOn(slot: Slot): boolean {
    return this.track(slot)?.enabled ?? false;
  }

  /** Why a device can't be used, in plain words. */
  problem(device: Device): string | undefined {
    return this.#problems.get(device);
  }

  setMicrophone(on: boolean): Promise<void> {
    return this.#inTurn(async () => {
      if (on && !this.track('microphone')) await this.#open('microphone');
      const track = this.track('microphone');
      if (track) track.enabled = on;
      this.emit('change', 'microphone');
    });
  }

  setCamera(on: boolean): Promise<void> {
    return this.#inTurn(async () => {
      if (!on) this.#put('camera', null);
      else if (!this.track('camera')) await this.#open('camera');
    });
  }

  /** Starts or stops sharing the screen. A picker that the user closes leaves things as they are. */
  setScreen(on: boolean): Promise<void> {
    return this.#inTurn(async () => {
      if (on === this.isOn('screen')) return;
      this.#put('screen', on ? await openScreen().catch(() => null) : null);
    });
  }

  /** Uses another microphone or camera from now on. */
  choose(device: Device, deviceId: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#chosen.set(device, deviceId);
      if (!this.track(device)) return;
      const on = this.isOn(device);
      this.#put(device, null);
      await this.#open(device);
      const track = this.track(device);
      if (track) track.enabled = on;
      this.emit('change', device);
    });
  }

  stop(): void {
    for (const slot of [...this.#tracks.keys()]) this.#put(slot, null);
  }

  async #open(device: Device): Promise<void> {
    try {
      const track = await openDevice(device, this.cameraHeight, this.#chosen.get(device));
      this.#problems.delete(device);
      this.#put(device, track);
    } catch (error) {
      this.#problems.set(device, describeDeviceProblem(device, error));
      this.emit('change', device);
    }
  }

  #put(slot: Slot, track: MediaStreamTrack | null): void {
    const stream = this.streamOf(slot);
    const old = this.track(slot);
    if (old) {
      old.onended = null;
      old.stop();
      stream.removeTrack(old);
      this.#tracks.delete(slot);
    }

    if (track) {
      track.onended = () => this.#ended(slot);
      stream.addTrack(track);
      this.#tracks.set(slot, track);
    }

    if (old || track) this.emit('change', slot);
  }

  #ended(slot: Slot): void {
    if (slot !== 'screen') this.#problems.set(slot, unpluggedProblem(slot));
    this.#put(slot, null);
  }

  /** One thing at a time: quick clicks would otherwise open a device twice. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(work);
    return this.#work;
  }
}
