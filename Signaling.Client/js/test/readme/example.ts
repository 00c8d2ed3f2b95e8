import { PerfectNegotiator, SignalingClient, type RemotePeer } from 'signaling-client';

const client = new SignalingClient('/signaling', { accessToken: () => fetch('/token').then((response) => response.text()) });
const room = await client.joinRoom('math-101', { name: 'Mina' });
const camera = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
const calls = new Map<RemotePeer, () => void>();

function call(peer: RemotePeer) {
  calls.get(peer)?.();
  const pc = new RTCPeerConnection({ iceServers: room.iceServers, iceTransportPolicy: room.iceTransportPolicy });
  const negotiator = new PerfectNegotiator(peer, pc);        // before the tracks
  for (const track of camera.getTracks()) pc.addTrack(track, camera);
  pc.ontrack = ({ streams: [stream] }) => show(peer, stream);
  calls.set(peer, () => (negotiator.close(), pc.close()));
}

for (const peer of room.peers.values()) call(peer);
room.on('peerjoined', ({ peer }) => call(peer));
room.on('rejoined', () => room.peers.forEach(call));         // away for too long: a new peer, calls are made anew
room.on('peerleft', ({ peer }) => {
  calls.get(peer)?.();
  calls.delete(peer);
});

declare function show(peer: RemotePeer, stream: MediaStream | undefined): void;
