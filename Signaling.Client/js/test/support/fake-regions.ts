import type { RegionInfo } from '../../src/contracts.js';
import type { SignalingClient } from '../../src/signaling-client.js';
import type { SignalingClientOptions } from '../../src/client-options.js';
import { FakeHub } from './fake-hub.js';
import { delay } from '../../src/async.js';

/** A hub that is a region, as far away as the test says. */
export class FakeRegion extends FakeHub {
  readonly info: RegionInfo;
  ready = true;
  distance: number;
  /** What it lists; nothing when absent. */
  lists: RegionInfo[] | undefined;
  /** How often it was asked whether it is ready. */
  probes = 0;

  constructor(name: string, distance: number) {
    super(name);
    this.info = { name, url: `http://${name}` };
    this.distance = distance;
  }

  /** Lets nobody in any more, and cuts off who is there. */
  fail(): void {
    this.ready = false;
    this.reachable = false;
    for (const socket of this.sockets) socket.drop();
  }

  heal(): void {
    this.ready = true;
    this.reachable = true;
  }

  async probed(path: string): Promise<Response> {
    if (path === '/regions') return this.lists ? Response.json({ current: this.info.name, regions: this.lists }) : new Response('', { status: 404 });
    this.probes++;
    await delay(this.distance);
    return new Response('', { status: this.ready ? 200 : 503 });
  }
}

/** A client to whom these regions are all the world. */
export function clientOf(regions: FakeRegion[], options: SignalingClientOptions & { at?: string } = {}): SignalingClient {
  const { at, ...rest } = options;
  const find = (url: string) => {
    const region = regions.find(({ info }) => new URL(url).host === new URL(info.url).host);
    if (!region) throw new TypeError('fetch failed');
    return region;
  };
  const fetcher = (async (input: string, init?: RequestInit) => {
    const answer = find(input).probed(new URL(input).pathname);
    return await new Promise<Response>((resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(init.signal!.reason));
      answer.then(resolve, reject);
    });
  }) as typeof fetch;
  return FakeHub.clientOf((url) => find(url), at ?? regions.map(({ info }) => info), { fetch: fetcher, reconnectDelay: () => 100, ...rest });
}
