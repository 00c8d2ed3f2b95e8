import { type CandidateType, type TransportProtocol, candidateTypes, transportProtocols } from '../../contracts.js';
import type { SelectedPair } from './connection-record.js';

type Row = Readonly<Record<string, unknown>>;

/** The candidate pair that a connection uses (W3C WebRTC Statistics); empty while there is none. */
export async function readSelectedPair(pc: RTCPeerConnection): Promise<SelectedPair> {
  const rows = new Map<unknown, Row>();
  (await pc.getStats()).forEach((row: Row) => rows.set(row['id'], row));
  const pair = selectedOf(rows);
  const local = rows.get(pair?.['localCandidateId']);
  const remote = rows.get(pair?.['remoteCandidateId']);
  return {
    ...named('localCandidate', typeOf(local)),
    ...named('remoteCandidate', typeOf(remote)),
    ...named('protocol', protocolOf(local?.['protocol'])),
    ...named('relayProtocol', typeOf(local) === 'relay' ? protocolOf(local?.['relayProtocol']) : undefined),
  };
}

/** The DTLS transport's state; with several, that of the first. */
export function dtlsStateOf(pc: RTCPeerConnection): RTCDtlsTransportState | undefined {
  const transports = [pc.sctp?.transport, ...pc.getTransceivers().map(({ sender, receiver }) => sender.transport ?? receiver.transport)];
  return transports.find((transport) => transport)?.state;
}

/** Not every browser names it in the transport's row. */
function selectedOf(rows: ReadonlyMap<unknown, Row>): Row | undefined {
  const all = [...rows.values()];
  const named = all.find(({ type, selectedCandidatePairId: id }) => type === 'transport' && rows.has(id));
  if (named) return rows.get(named['selectedCandidatePairId']);
  return all.find(({ type, state, nominated }) => type === 'candidate-pair' && state === 'succeeded' && nominated === true);
}

function named<Name extends keyof SelectedPair>(name: Name, value: SelectedPair[Name]): SelectedPair {
  return value === undefined ? {} : { [name]: value };
}

function typeOf(candidate: Row | undefined): CandidateType | undefined {
  return candidateTypes.find((type) => type !== 'unknown' && type === candidate?.['candidateType']);
}

function protocolOf(value: unknown): TransportProtocol | undefined {
  return transportProtocols.find((protocol) => protocol !== 'unknown' && protocol === value);
}
