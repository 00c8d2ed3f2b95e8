import { signal } from '@preact/signals';

export interface LogLine {
  id: number;
  at: Date;
  who: string;
  text: string;
}

const keptLines = 300;

/** The last signals and state changes, for the debug overlay. */
export class SignalLog {
  readonly lines = signal<readonly LogLine[]>([]);

  add(who: string, text: string): void {
    const id = (this.lines.value.at(-1)?.id ?? 0) + 1;
    this.lines.value = [...this.lines.value, { id, at: new Date(), who, text }].slice(-keptLines);
  }
}
