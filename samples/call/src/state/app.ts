import { effect, signal } from '@preact/signals';
import { SignalingClient, type ConnectionState } from 'signaling-client';
import { meshCapacity } from '../call/mesh';
import { Call, mediaAttributes } from './call';
import { explain, fullMesh, type Failure } from './failure';
import { readLink, showInAddress } from './link';
import { MediaState } from './media';
import { joinedRoom, recall, remember, rememberJoined } from './remembered';
import { inventRoomName } from './roomName';

export type Screen = 'lobby' | 'joining' | 'call' | 'left';

/** The page as a whole: which screen is shown, and the way from one to the next. */
export class App {
  readonly link = readLink(location.search);
  readonly media = new MediaState();
  readonly screen = signal<Screen>('lobby');
  readonly room = signal(this.link.room ?? inventRoomName());
  readonly name = signal(this.link.name ?? recall().name);
  readonly call = signal<Call | null>(null);
  readonly failure = signal<Failure | null>(null);
  /** The connection to the hub. */
  readonly connection = signal<ConnectionState>('idle');
  /** When the connection was lost. */
  readonly lostAt = signal(0);
  /** When the next try to reconnect is due. */
  readonly retryAt = signal<number | null>(null);
  readonly debugOpen = signal(this.link.debug);
  readonly settingsOpen = signal(false);

  #joining: AbortController | null = null;

  async start(): Promise<void> {
    this.#exposeForDebugging();
    await this.media.start(this.link);
    const wasThere = joinedRoom() === this.room.value;
    if ((this.link.join || wasThere) && this.screen.value === 'lobby') await this.join();
  }

  async join(): Promise<void> {
    this.#joining?.abort();
    const joining = (this.#joining = new AbortController());
    const { token, regions } = this.link;
    const client = new SignalingClient('/signaling', { discoverRegions: regions, ...(token && { accessToken: () => token }) });
    this.#follow(client);
    this.failure.value = null;
    this.screen.value = 'joining';
    remember({ name: this.name.value });
    try {
      const room = await client.joinRoom(this.room.value, {
        name: this.name.value || undefined,
        attributes: present(mediaAttributes(this.media.microphoneOn.value, this.media.cameraOn.value)),
        signal: joining.signal,
      });
      if (room.peers.size >= meshCapacity) {
        await client.close();
        return this.#refused(fullMesh(meshCapacity));
      }

      this.call.value = new Call(client, room, this.media, (error) => {
        void client.close();
        this.#refused(explain(error));
      });
      this.screen.value = 'call';
      showInAddress(room.id);
      rememberJoined(room.id);
    } catch (error) {
      await client.close();
      if (joining.signal.aborted) this.screen.value = 'lobby';
      else this.#refused(explain(error));
    }
  }

  cancelJoining(): void {
    this.#joining?.abort();
  }

  async leave(): Promise<void> {
    const call = this.call.value;
    this.call.value = null;
    this.screen.value = 'left';
    rememberJoined(null);
    this.media.local.stop();
    await call?.leave();
  }

  async toLobby(): Promise<void> {
    this.screen.value = 'lobby';
    await this.media.start(this.link);
  }

  /** Does not wait for the next try. */
  retryNow(): void {
    this.call.value?.client.notifyNetworkChanged();
  }

  #refused(failure: Failure): void {
    rememberJoined(null);
    this.call.value = null;
    this.failure.value = failure;
    this.screen.value = 'lobby';
  }

  #follow(client: SignalingClient): void {
    this.connection.value = client.state;
    client.on('statechanged', ({ state, previous, retryInMs }) => {
      if (state === 'reconnecting' && previous !== state) this.lostAt.value = performance.now();
      this.connection.value = state;
      this.retryAt.value = retryInMs === undefined ? null : performance.now() + retryInMs;
      this.call.value?.log.add('hub', state);
    });
  }

  /** `callDebug` lets tests and curious people reach the objects behind the page. */
  #exposeForDebugging(): void {
    effect(() => {
      const call = this.call.value;
      Object.assign(window, { callDebug: call && { client: call.client, room: call.room, mesh: call.mesh } });
    });
  }
}

const present = (attributes: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== null));
