/**
 * What may be told of a relay-only room's candidates, in which peers must not learn each other's addresses: relayed ones, without the address
 * behind the relay. A candidate that is not written exactly as RFC 8839 §5.1 has it is taken for none that is relayed.
 */

/** Printable ASCII: another kind of white space might be read differently at the other end. */
const plain = /^[ -~]+$/;

/** The candidate as it may be told; `undefined` when it is not relayed. End-of-candidates stays. */
export function relayedCandidate<Candidate extends RTCIceCandidateInit>(candidate: Candidate): Candidate | undefined {
  if (!candidate.candidate) return candidate;
  const line = relayedLine(candidate.candidate);
  return line === undefined ? undefined : { ...candidate, candidate: line };
}

/** The description without the candidates that are not relayed; every other line stays as it is. */
export function relayedSdp(sdp: string): string {
  const lines = sdp.match(/[^\n]*\n|[^\n]+/g) ?? [];
  return lines.map((line) => (line.startsWith('a=candidate:') ? relayedSdpLine(line) : line)).join('');
}

function relayedSdpLine(line: string): string {
  const [, text = '', end = ''] = /^(.*?)(\r*\n?)$/s.exec(line) ?? [];
  const relayed = relayedLine(text);
  return relayed === undefined ? '' : relayed + end;
}

/** `candidate:foundation component transport priority address port typ type [name value]…` */
function relayedLine(line: string): string | undefined {
  const words = line.split(' ');
  if (!plain.test(line) || words[6] !== 'typ' || words[7] !== 'relay') return undefined;
  const hidden = words[4]?.includes(':') ? '::' : '0.0.0.0';
  for (let i = 8; i + 1 < words.length; i += 2) {
    if (words[i] === 'raddr') words[i + 1] = hidden;
    if (words[i] === 'rport') words[i + 1] = '9';
  }

  return words.join(' ');
}
