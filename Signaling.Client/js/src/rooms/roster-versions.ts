/** Most changes that are held while the roster is read again. */
const capacity = 256;

/** Applies the changes of a roster in the order of their versions, and has the roster read again when one is missing. */
export class RosterVersions {
  readonly #refresh: () => void;
  #current = 0;
  #held: { version: number; apply: () => void }[] | undefined;

  constructor(refresh: () => void) {
    this.#refresh = refresh;
  }

  /** A whole roster was applied. Changes beyond it that were held follow. */
  reset(version: number): void {
    this.#current = version;
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const change of held) this.take(change.version, change.apply);
  }

  /** A change that makes this version. */
  take(version: number, apply: () => void): void {
    if (version <= this.#current) return;
    if (this.#held) {
      if (this.#held.length < capacity) this.#held.push({ version, apply });
    } else if (version === this.#current + 1) {
      this.#current = version;
      apply();
    } else {
      this.#held = [{ version, apply }];
      this.#refresh();
    }
  }

  /** The hub says that this is the version. */
  expect(version: number): void {
    if (this.#held || version <= this.#current) return;
    this.#held = [];
    this.#refresh();
  }

  /** The roster could not be read; the next change or ping tries again. */
  refreshFailed(): void {
    this.#held = undefined;
  }
}
