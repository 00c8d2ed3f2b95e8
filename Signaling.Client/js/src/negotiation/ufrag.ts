/** The ufrags of a description: those of its session and media sections (RFC 8839 §5.4). */
export function ufragsOf(sdp: string): ReadonlySet<string> {
  return new Set([...sdp.matchAll(/^a=ice-ufrag:(\S+)/gm)].map(([, ufrag]) => ufrag as string));
}

/** The ufrag of the generation that a candidate belongs to; browsers give it as a field, in the candidate line, or both. */
export function ufragOf({ usernameFragment, candidate = '' }: RTCIceCandidateInit): string | undefined {
  return usernameFragment ?? / ufrag (\S+)/.exec(candidate)?.[1];
}
