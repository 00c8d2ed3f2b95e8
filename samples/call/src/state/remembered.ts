/** What the browser remembers between visits. */
export interface Remembered {
  name: string;
  microphoneId: string;
  cameraId: string;
  microphoneOn: boolean;
  cameraOn: boolean;
  theme: 'system' | 'light' | 'dark';
}

const key = 'roundtable';
const joinedKey = 'roundtable.joined';
const defaults: Remembered = { name: '', microphoneId: '', cameraId: '', microphoneOn: true, cameraOn: true, theme: 'system' };

export function recall(): Remembered {
  try {
    return { ...defaults, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Remembered>) };
  } catch {
    return defaults;
  }
}

export function remember(changes: Partial<Remembered>): void {
  // Private windows may refuse storage; the call works without.
  attempt(() => localStorage.setItem(key, JSON.stringify({ ...recall(), ...changes })));
}

/** The room that this tab was in when it was reloaded. */
export const joinedRoom = (): string | null => attempt(() => sessionStorage.getItem(joinedKey)) ?? null;

export function rememberJoined(room: string | null): void {
  attempt(() => (room === null ? sessionStorage.removeItem(joinedKey) : sessionStorage.setItem(joinedKey, room)));
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
