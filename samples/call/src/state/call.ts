import { batch, signal } from '@preact/signals';
import type { Room, SignalingClient } from 'signaling-client';
import { Mesh } from '../call/mesh';
import type { PeerLink } from '../call/peerLink';
import { readStats, type LinkStats } from '../call/stats';
import { Chat } from './chat';
import type { MediaState } from './media';
import { describePerson, type Person } from './person';
import { SignalLog } from './signalLog';
import { Speaking } from './speaking';
import { toast } from './toasts';

const statsEveryMs = 1_000;

/** How often the way to the hub came back, and as whom. */
export interface Returns {
  /** As the same peer, after a loss. */
  resumed: number;
  /** As a new peer. */
  rejoined: number;
  /** As the same peer, from a node that was about to stop. */
  moved: number;
}

/** The call we are in: a room, the mesh through it, and what the components show of them. */
export class Call {
  readonly people = signal<readonly Person[]>([]);
  readonly stats = signal<ReadonlyMap<string, LinkStats>>(new Map());
  readonly handRaised = signal(false);
  readonly returns = signal<Returns>({ resumed: 0, rejoined: 0, moved: 0 });
  readonly chat = new Chat();
  readonly log = new SignalLog();
  readonly mesh: Mesh;
  readonly speaking: Speaking;

  readonly #closing = new AbortController();

  constructor(
    readonly client: SignalingClient,
    readonly room: Room,
    readonly media: MediaState,
    /** Called when the room ends without our wish. */
    onClosed: (error: unknown) => void,
  ) {
    this.mesh = new Mesh(room, media.local, {
      changed: (link) => this.#linkChanged(link),
      log: ({ peer }, line) => this.log.add(peer.name ?? peer.id, line),
    });
    this.speaking = new Speaking(this.mesh, media.local);
    this.#listen(onClosed);
    const timer = setInterval(() => void this.#readStats(), statsEveryMs);
    this.#closing.signal.addEventListener('abort', () => clearInterval(timer));
    this.#refresh();
  }

  say(text: string): void {
    this.chat.sent(text);
    this.#send(this.room.sendData({ chat: text }), 'Your message could not be sent.');
  }

  toggleHand(): void {
    this.handRaised.value = !this.handRaised.value;
    this.#setAttributes({ hand: this.handRaised.value ? 'true' : null });
  }

  async leave(): Promise<void> {
    this.#end();
    await this.room.leave().catch(() => undefined);
    await this.client.close();
  }

  #listen(onClosed: (error: unknown) => void): void {
    const { room, log } = this;
    const stops = [
      room.on('peerjoined', ({ peer }) => {
        log.add(peer.name ?? peer.id, 'joined');
        toast(`${peer.name ?? 'A guest'} joined`);
        this.#refresh();
      }),
      room.on('peerleft', ({ peer, reason }) => {
        log.add(peer.name ?? peer.id, `left (${reason})`);
        toast(`${peer.name ?? 'A guest'} left`);
        this.mesh.balance();
        this.#refresh();
      }),
      room.on('peerupdated', ({ peer }) => {
        if (peer.attributes['hand'] === 'true' && !this.#person(peer.id)?.handRaised) toast(`${peer.name ?? 'A guest'} raised a hand`);
        this.#refresh();
      }),
      room.on('data', ({ peer, data }) => {
        const name = peer.name ?? 'Guest';
        if (this.chat.receive(name, data) && !this.chat.open.value) toast(`${name}: ${String((data as { chat: string }).chat).slice(0, 80)}`);
      }),
      room.on('peerstatechanged', ({ peer, state }) => {
        log.add(peer.name ?? peer.id, state);
        this.#refresh();
      }),
      room.on('resumed', ({ peerId, moved }) => {
        log.add('hub', moved ? `moved to another node as ${peerId}` : `resumed as ${peerId}`);
        this.#count(moved ? 'moved' : 'resumed');
      }),
      room.on('rejoined', ({ peerId }) => {
        log.add('hub', `rejoined as ${peerId}`);
        this.#count('rejoined');
      }),
      room.on('closed', ({ error }) => {
        this.#end();
        onClosed(error);
      }),
      this.media.local.on('change', () => this.#tellMedia()),
    ];
    this.#closing.signal.addEventListener('abort', () => stops.forEach((stop) => stop()));
  }

  #count(way: keyof Returns): void {
    this.returns.value = { ...this.returns.value, [way]: this.returns.value[way] + 1 };
    this.#refresh();
  }

  /** Attributes tell the others what a track cannot: that it is off on purpose. */
  #tellMedia(): void {
    const { microphoneOn, cameraOn, screenOn, local } = this.media;
    this.#setAttributes({
      ...mediaAttributes(microphoneOn.value, cameraOn.value),
      screen: screenOn.value ? 'true' : null,
      screenStream: screenOn.value ? local.screen.id : null,
    });
  }

  #setAttributes(attributes: Record<string, string | null>): void {
    this.#send(this.room.setAttributes(attributes), 'The others could not be told of that.');
  }

  #linkChanged(link: PeerLink): void {
    if (link.connection.connectionState === 'connected') this.mesh.balance();
    this.#refresh();
  }

  #refresh(): void {
    const stats = this.stats.value;
    this.people.value = [...this.room.peers.values()].map((peer) => describePerson(peer, this.mesh.links.get(peer.id), stats.get(peer.id)));
  }

  async #readStats(): Promise<void> {
    const read = async ([id, link]: [string, PeerLink]) => [id, await readStats(link.connection)] as const;
    const stats = await Promise.all([...this.mesh.links].map(read));
    batch(() => {
      this.stats.value = new Map(stats);
      this.#refresh();
    });
  }

  #person(id: string): Person | undefined {
    return this.people.value.find((person) => person.id === id);
  }

  #send(sent: Promise<void>, problem: string): void {
    sent.catch(() => {
      if (!this.#closing.signal.aborted) toast(problem, 'error');
    });
  }

  #end(): void {
    this.#closing.abort();
    this.speaking.close();
    this.mesh.close();
  }
}

/** The attributes of someone whose microphone and camera are on or off. */
export const mediaAttributes = (microphoneOn: boolean, cameraOn: boolean) => ({
  muted: microphoneOn ? null : 'true',
  camera: cameraOn ? null : 'off',
});
