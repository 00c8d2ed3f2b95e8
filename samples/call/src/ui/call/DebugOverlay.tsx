import type { PeerLink } from '../../call/peerLink';
import type { LinkStats } from '../../call/stats';
import type { Call } from '../../state/call';
import type { LogLine } from '../../state/signalLog';
import { IconButton } from '../IconButton';
import { CloseIcon } from '../icons';

/** What is going on underneath, for those who build on it. */
export function DebugOverlay({ call, onClose }: { call: Call; onClose: () => void }) {
  const stats = call.stats.value;
  const returns = call.returns.value;
  const links = call.people.value.flatMap(({ id }) => call.mesh.links.get(id) ?? []);
  return (
    <section class="debug" aria-label="Debug overlay">
      <header>
        <h2>Debug</h2>
        <IconButton label="Close debug overlay" class="small" onClick={onClose}><CloseIcon /></IconButton>
      </header>
      <Facts title="Hub" facts={{
        state: call.client.state,
        'round trip': call.client.roundTripMs === undefined ? undefined : `${Math.round(call.client.roundTripMs)} ms`,
        region: call.room.region,
        resumed: returns.resumed,
        rejoined: returns.rejoined,
        'node moves': returns.moved,
        room: call.room.id,
        'own peer id': call.room.peerId,
        'ICE policy': call.room.iceTransportPolicy,
        'ICE servers': call.room.iceServers.flatMap(({ urls }) => urls).join(', ') || 'none',
      }} />
      {links.map((link) => <Facts key={link.peer.id} title={link.peer.name ?? 'Guest'} facts={linkFacts(link, stats.get(link.peer.id))} />)}
      <Log lines={call.log.lines.value} />
    </section>
  );
}

const linkFacts = ({ peer, connection, streams, iceRestarts }: PeerLink, stats: LinkStats | undefined): Record<string, unknown> => ({
  'peer id': peer.id,
  state: peer.state,
  connection: connection.connectionState,
  signaling: connection.signalingState,
  ICE: `${connection.iceConnectionState}, gathering ${connection.iceGatheringState}`,
  path: stats?.path,
  'ICE restarts': iceRestarts,
  'round trip': stats?.roundTripMs === undefined ? undefined : `${stats.roundTripMs} ms`,
  'our candidate': stats?.localCandidate,
  'their candidate': stats?.remoteCandidate,
  sent: stats && megabytes(stats.bytesSent),
  received: stats && megabytes(stats.bytesReceived),
  'frames decoded': stats?.framesDecoded,
  video: stats?.frameSize && `${stats.frameSize} at ${stats.framesPerSecond ?? 0} fps`,
  'packets lost': stats?.packetsLost,
  streams: streams.size,
});

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(2)} MB`;

const Facts = ({ title, facts }: { title: string; facts: Record<string, unknown> }) => (
  <>
    <h3>{title}</h3>
    <dl>
      {Object.entries(facts).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value === undefined ? '–' : String(value)}</dd>
        </div>
      ))}
    </dl>
  </>
);

const Log = ({ lines }: { lines: readonly LogLine[] }) => (
  <>
    <h3>Signals</h3>
    <ol class="signal-log">
      {lines.toReversed().map(({ id, at, who, text }) => (
        <li key={id}><time>{at.toISOString().slice(11, 23)}</time><span>{who}</span><span>{text}</span></li>
      ))}
    </ol>
  </>
);
