/** A disc with the initials, in a colour that stays the same for a name. */
export function Avatar({ name }: { name: string }) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '').join('').toUpperCase();
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 360, 7);
  return <span class="avatar" style={{ '--hue': String(hue) }} aria-hidden="true">{initials || '?'}</span>;
}
