type Attributes = Readonly<Record<string, string>>;
type Changes = Readonly<Record<string, string | null>>;

/** Our own attributes in a room, and the changes to them that the hub has not accepted yet. */
export class OwnAttributes {
  readonly #underWay = new Set<Changes>();
  #accepted: Attributes;

  constructor(first: Attributes) {
    this.#accepted = first;
  }

  /** As the hub has accepted them. */
  get value(): Attributes {
    return this.#accepted;
  }

  /** Makes a change; `accept` resolves when the hub has accepted it. */
  async change(changes: Changes, accept: () => Promise<void>): Promise<void> {
    this.#underWay.add(changes);
    try {
      await accept();
      const merged = Object.entries({ ...this.#accepted, ...changes });
      this.#accepted = Object.fromEntries(merged.filter((entry): entry is [string, string] => entry[1] !== null));
    } finally {
      this.#underWay.delete(changes);
    }
  }

  /** The hub says that these are all. */
  told(all: Attributes): void {
    this.#accepted = all;
  }

  /** What to change so that those that the hub has are ours; changes under way come by themselves. */
  missingIn(hubs: Attributes): Changes | undefined {
    const coming = new Set([...this.#underWay].flatMap((changes) => Object.keys(changes)));
    const keys = Object.keys({ ...hubs, ...this.#accepted });
    const missing = keys.filter((key) => !coming.has(key) && hubs[key] !== this.#accepted[key]);
    return missing.length > 0 ? Object.fromEntries(missing.map((key) => [key, this.#accepted[key] ?? null])) : undefined;
  }
}
