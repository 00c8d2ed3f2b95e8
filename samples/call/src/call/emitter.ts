/** Typed events: `on` subscribes and returns the way to unsubscribe. */
export class Emitter<Events> {
  readonly #handlers = new Map<keyof Events, Set<(event: never) => void>>();

  on<Name extends keyof Events>(name: Name, handler: (event: Events[Name]) => void): () => void {
    const handlers = this.#handlers.get(name) ?? new Set();
    this.#handlers.set(name, handlers.add(handler));
    return () => void handlers.delete(handler);
  }

  protected emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    for (const handler of [...(this.#handlers.get(name) ?? [])]) {
      (handler as (event: Events[Name]) => void)(event);
    }
  }
}
