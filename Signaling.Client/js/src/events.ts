/** Handles an event. A promise that it returns is not waited for; its rejection is reported like a thrown error. */
export type Handler<Event> = (event: Event) => unknown;

/** Typed events whose handlers cannot disturb each other or the emitter. */
export class Emitter<Events extends object> {
  readonly #handlers = new Map<keyof Events, Set<Handler<never>>>();
  readonly #onError: (error: unknown) => void;
  readonly #onAttach: ((type: keyof Events) => void) | undefined;

  constructor(onError: (error: unknown) => void, onAttach?: (type: keyof Events) => void) {
    this.#onError = onError;
    this.#onAttach = onAttach;
  }

  /** Attaches a handler; the function returned detaches it. */
  on<Type extends keyof Events>(type: Type, handler: Handler<Events[Type]>): () => void {
    let handlers = this.#handlers.get(type);
    if (!handlers) this.#handlers.set(type, (handlers = new Set()));
    // A wrapper of its own for each call: the same function may be attached twice.
    const own: Handler<Events[Type]> = (event) => handler(event);
    handlers.add(own);
    this.#onAttach?.(type);
    return () => void handlers.delete(own);
  }

  has(type: keyof Events): boolean {
    return (this.#handlers.get(type)?.size ?? 0) > 0;
  }

  emit<Type extends keyof Events>(type: Type, event: Events[Type]): void {
    for (const handler of [...(this.#handlers.get(type) ?? [])] as Handler<Events[Type]>[]) {
      try {
        const result = handler(event);
        if (result instanceof Promise) result.catch(this.#onError);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
