/** What a link does at this moment, as far as people and their debug overlay care. */
export interface LinkStats {
  /** Round trip of the media path, from the selected candidate pair. */
  roundTripMs?: number;
  bytesSent: number;
  bytesReceived: number;
  /** Video frames decoded since the link began, over all of the peer's tracks. */
  framesDecoded: number;
  framesPerSecond?: number;
  frameSize?: string;
  packetsLost: number;
  /** How media gets there: `direct`, or `relayed` by our or their TURN server, with what it runs over. */
  path?: string;
  /** Both ends of the selected candidate pair: type, protocol, address. */
  localCandidate?: string;
  remoteCandidate?: string;
}

type Row = Record<string, unknown> & { id: string; type: string };

/** Reads a connection's statistics (https://www.w3.org/TR/webrtc-stats/) down to the few numbers we show. */
export async function readStats(connection: RTCPeerConnection): Promise<LinkStats> {
  const rows = new Map<string, Row>();
  (await connection.getStats()).forEach((row: Row) => rows.set(row.id, row));

  const all = (type: string) => [...rows.values()].filter((row) => row.type === type);
  const video = all('inbound-rtp').filter((row) => row['kind'] === 'video');
  const shown = video.toSorted((a, b) => number(b['frameWidth']) - number(a['frameWidth']))[0];
  const pair = selectedPair(all('transport')[0], all('candidate-pair'), rows);
  const roundTrip = pair?.['currentRoundTripTime'];
  const local = rows.get(String(pair?.['localCandidateId']));
  const remote = rows.get(String(pair?.['remoteCandidateId']));

  return {
    roundTripMs: typeof roundTrip === 'number' ? Math.round(roundTrip * 1000) : undefined,
    bytesSent: number(pair?.['bytesSent']),
    bytesReceived: number(pair?.['bytesReceived']),
    framesDecoded: sum(video, 'framesDecoded'),
    framesPerSecond: shown?.['framesPerSecond'] as number | undefined,
    frameSize: shown?.['frameWidth'] ? `${shown['frameWidth']}×${shown['frameHeight']}` : undefined,
    packetsLost: sum(all('inbound-rtp'), 'packetsLost'),
    path: local && remote && pathOf(local, remote),
    localCandidate: describe(local),
    remoteCandidate: describe(remote),
  };
}

/** Firefox has no `selectedCandidatePairId` and marks the pair itself. */
function selectedPair(transport: Row | undefined, pairs: Row[], rows: Map<string, Row>): Row | undefined {
  return rows.get(String(transport?.['selectedCandidatePairId'])) ?? pairs.find((pair) => pair['nominated'] && pair['state'] === 'succeeded');
}

function pathOf(local: Row, remote: Row): string {
  if (local['candidateType'] === 'relay') return `relayed over ${local['relayProtocol'] ?? local['protocol']}`;
  return remote['candidateType'] === 'relay' ? 'relayed by their server' : `direct over ${local['protocol']}`;
}

const describe = (candidate?: Row): string | undefined =>
  candidate && `${candidate['candidateType']} ${candidate['protocol']} ${candidate['address'] ?? 'hidden'}:${candidate['port']}`;

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

const sum = (rows: Row[], key: string): number => rows.reduce((total, row) => total + number(row[key]), 0);
