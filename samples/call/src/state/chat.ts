import { computed, signal } from '@preact/signals';

export interface ChatMessage {
  id: number;
  /** Undefined for our own. */
  from?: string;
  text: string;
  at: Date;
}

export const chatTextLimit = 2_000;
const keptMessages = 500;

/** The conversation beside the call. On the wire a message is the app data `{ "chat": "text" }`. */
export class Chat {
  readonly messages = signal<readonly ChatMessage[]>([]);
  readonly open = signal(false);
  readonly unread = computed(() => (this.open.value ? 0 : this.#arrived.value - this.#seen.value));

  readonly #arrived = signal(0);
  readonly #seen = signal(0);

  /** Takes app data; says whether it was a chat message. */
  receive(from: string, data: unknown): boolean {
    const text = (data as { chat?: unknown } | null)?.chat;
    if (typeof text !== 'string') return false;
    this.#arrived.value++;
    if (this.open.value) this.#seen.value = this.#arrived.value;
    this.#add({ from, text: text.slice(0, chatTextLimit) });
    return true;
  }

  sent(text: string): void {
    this.#add({ text });
  }

  toggle(): void {
    this.#seen.value = this.#arrived.value;
    this.open.value = !this.open.value;
  }

  #add(message: Pick<ChatMessage, 'from' | 'text'>): void {
    const id = (this.messages.value.at(-1)?.id ?? 0) + 1;
    this.messages.value = [...this.messages.value, { ...message, id, at: new Date() }].slice(-keptMessages);
  }
}
