/** The value itself when this build knows it, else the stand-in: enums grow within a protocol version. */
export function knownOr<T extends string>(values: readonly T[], value: string, other: T): T {
  return (values as readonly string[]).includes(value) ? (value as T) : other;
}
