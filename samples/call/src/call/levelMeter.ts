/** Measures how loud a track is, without playing it. */
export class LevelMeter {
  readonly #context = new AudioContext();
  readonly #analyser = this.#context.createAnalyser();
  readonly #closing = new AbortController();
  readonly #samples: Float32Array<ArrayBuffer>;

  constructor(track: MediaStreamTrack) {
    this.#analyser.fftSize = 1024;
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#context.createMediaStreamSource(new MediaStream([track])).connect(this.#analyser);
    // Browsers may hold audio back until the first click.
    addEventListener('pointerdown', () => void this.#context.resume(), { once: true, signal: this.#closing.signal });
  }

  /** 0 (silence) to 1 (very loud), on a scale that follows the ear: 60 dB from end to end. */
  level(): number {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const power = this.#samples.reduce((total, sample) => total + sample * sample, 0) / this.#samples.length;
    return Math.min(1, Math.max(0, 1 + (10 * Math.log10(power + 1e-12)) / 60));
  }

  close(): void {
    this.#closing.abort();
    void this.#context.close();
  }
}
