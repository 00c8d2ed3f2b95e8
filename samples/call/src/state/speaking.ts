import { signal } from '@preact/signals';
import { LevelMeter } from '../call/levelMeter';
import type { LocalMedia } from '../call/localMedia';
import type { Mesh } from '../call/mesh';

const everyMs = 150;
/** Of the levels that receivers report. */
const loudRemote = 0.02;
/** On the meter's own scale. */
const loudLocal = 0.45;

/** Who speaks at the moment. */
export class Speaking {
  /** The ids of the others who do. */
  readonly others = signal<ReadonlySet<string>>(new Set());
  readonly self = signal(false);

  readonly #timer = setInterval(() => this.#read(), everyMs);
  #meter: { track: MediaStreamTrack; level: LevelMeter } | null = null;

  constructor(
    readonly mesh: Mesh,
    readonly media: LocalMedia,
  ) {}

  close(): void {
    clearInterval(this.#timer);
    this.#meter?.level.close();
  }

  #read(): void {
    const loud = [...this.mesh.links].filter(([, link]) => link.audioLevel() > loudRemote).map(([id]) => id);
    const before = this.others.value;
    if (loud.length !== before.size || loud.some((id) => !before.has(id))) this.others.value = new Set(loud);

    this.#follow(this.media.track('microphone'));
    this.self.value = (this.#meter?.level.level() ?? 0) > loudLocal;
  }

  /** Another microphone needs another meter. */
  #follow(track: MediaStreamTrack | null): void {
    if (track === (this.#meter?.track ?? null)) return;
    this.#meter?.level.close();
    this.#meter = track && { track, level: new LevelMeter(track) };
  }
}
