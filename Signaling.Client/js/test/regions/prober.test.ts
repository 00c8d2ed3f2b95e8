import { createServer } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { RegionProber } from '../../src/regions/prober.js';
import { type Region, regionOf } from '../../src/regions/region.js';

interface Options {
  /** How long each answer takes, in milliseconds. */
  distance?: number;
  status?: number;
  body?: string;
}

const ends: (() => Promise<void>)[] = [];
const never = new AbortController().signal;

afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});

/** A real server on a port of the system's choice. */
async function serve({ distance = 0, status = 200, body = 'Healthy' }: Options = {}): Promise<{ region: Region; asked: string[]; end(): Promise<void> }> {
  const asked: string[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(url);
    setTimeout(() => response.writeHead(status).end(body), distance);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const end = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(resolve));
  };
  ends.push(end);
  const { port } = server.address();
  return { region: regionOf({ name: String(port), url: `http://127.0.0.1:${port}` }), asked, end };
}

test('regions that are ready are measured on a warm connection, and others left out', async () => {
  const near = await serve();
  const far = await serve({ distance: 80 });
  const drained = await serve({ status: 503 });
  const dead = await serve();
  await dead.end();

  const trips = await new RegionProber().measure([near, far, drained, dead].map(({ region }) => region), false, never);

  expect([...trips.keys()]).toEqual([near.region, far.region]);
  expect(trips.get(far.region)).toBeGreaterThan(75);
  expect(trips.get(near.region)).toBeLessThan(trips.get(far.region)!);
  expect(near.asked).toEqual(Array(4).fill('/health/ready'));
});

test('a region that does not answer in time is left out', async () => {
  const near = await serve();
  const silent = await serve({ distance: 60_000 });

  const trips = await new RegionProber().measure([near.region, silent.region], false, never);

  expect([...trips.keys()]).toEqual([near.region]);
});

test('a region that is slow but ready counts with the first answer, where time does not suffice for more', async () => {
  const slow = await serve({ distance: 900 });

  const trips = await new RegionProber().measure([slow.region], false, never);

  expect(trips.get(slow.region)).toBeGreaterThan(890);
});

test('in a hurry nobody waits for a region that takes far longer than the first', async () => {
  const near = await serve();
  const silent = await serve({ distance: 60_000 });
  const began = performance.now();

  const trips = await new RegionProber().measure([near.region, silent.region], true, never);

  expect([...trips.keys()]).toEqual([near.region]);
  expect(performance.now() - began).toBeLessThan(1_400);
});

test('a list is read where there is one', async () => {
  const list = { current: 'seoul', regions: [{ name: 'seoul', url: 'https://seoul.example.com' }] };
  const [good, bad, none] = [await serve({ body: JSON.stringify(list) }), await serve({ body: '<html>' }), await serve({ status: 404 })];
  const prober = new RegionProber();

  expect(await prober.list(good.region, never)).toEqual(list);
  expect(await prober.list(bad.region, never)).toBeUndefined();
  expect(await prober.list(none.region, never)).toBeUndefined();
  expect(good.asked).toEqual(['/regions']);
});
