import type { RemotePeer, Room } from 'signaling-client';
import type { LocalMedia } from './localMedia';
import { PeerLink, type PeerLinkObserver } from './peerLink';

/** With more people than this, each one's upload no longer carries a mesh. */
export const meshCapacity = 6;

const uploadBitsPerSecond = 4_000_000;
const maxVideoBitsPerSecond = 1_500_000;

/**
 * A call in which everyone is connected with everyone: one link per other peer of the room.
 *
 * Both sides open their link as soon as they know of each other. Who joins makes the first offer, or both do where it is not clear who that
 * is; later either side may, for instance to share a screen, and the negotiator of the link settles it when both do at once. When the way to
 * the hub is lost and we come back as the same peer, the links simply go on.
 */
export class Mesh {
  readonly links = new Map<string, PeerLink>();
  readonly #stops: (() => void)[];

  constructor(
    readonly room: Room,
    readonly media: LocalMedia,
    readonly observer: PeerLinkObserver,
  ) {
    this.#stops = [
      room.on('peerjoined', ({ peer }) => this.#open(peer)),
      room.on('peerleft', ({ peer }) => this.#close(peer.id)),
      room.on('rejoined', () => this.#reopenAll()),
      media.on('change', (slot) => this.links.forEach((link) => link.send(slot))),
    ];
    room.peers.forEach((peer) => this.#open(peer));
  }

  /** Shares the upload and the processor out among the links: the more people, the smaller each picture. */
  balance(): void {
    const count = Math.max(1, this.links.size);
    const maxBitrate = Math.round(Math.min(maxVideoBitsPerSecond, uploadBitsPerSecond / count));
    const scaleResolutionDownBy = count === 1 ? 1 : count <= 3 ? 1.5 : 2;
    this.links.forEach((link) => link.limitVideo({ maxBitrate, scaleResolutionDownBy }));
  }

  close(): void {
    this.#stops.forEach((stop) => stop());
    [...this.links.keys()].forEach((id) => this.#close(id));
  }

  /** To the others we are a new peer now: they have closed their end of the old links. */
  #reopenAll(): void {
    [...this.links.keys()].forEach((id) => this.#close(id));
    this.room.peers.forEach((peer) => this.#open(peer));
  }

  #open(peer: RemotePeer): void {
    this.#close(peer.id);
    this.links.set(peer.id, new PeerLink(peer, this.media, this.observer));
  }

  #close(id: string): void {
    this.links.get(id)?.close();
    this.links.delete(id);
  }
}
