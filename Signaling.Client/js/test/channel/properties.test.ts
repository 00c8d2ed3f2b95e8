import fc from 'fast-check';
import { expect, test } from 'vitest';
import { receiveWindowSize } from '../../src/channel/receive-window.js';
import { sendWindowSize } from '../../src/channel/send-window.js';
import { type Fate, LossyNetwork, type Send } from './lossy-network.js';

/** Until when the network misbehaves; afterwards it only delays. */
const trouble = 60_000;

const network = fc.record({
  seed: fc.integer({ min: 1, max: 2_147_483_646 }),
  loss: fc.double({ min: 0, max: 0.3, noNaN: true }),
  doubling: fc.double({ min: 0, max: 0.3, noNaN: true }),
  lateness: fc.double({ min: 0, max: 0.3, noNaN: true }),
  latency: fc.integer({ min: 0, max: 400 }),
});

const sends = fc.array(fc.record({ at: fc.integer({ min: 0, max: 20_000 }), from: fc.constantFrom<0 | 1>(0, 1) }), { maxLength: 120 });

/** Park–Miller: a seeded stream of numbers from 0 to 1, so that a run can be repeated. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

function fates({ seed, loss, doubling, lateness, latency }: typeof network extends fc.Arbitrary<infer T> ? T : never): (now: number) => Fate {
  const random = numbers(seed);
  const delay = () => latency + (random() < lateness ? Math.floor(random() * 2_000) : Math.floor(random() * 10));
  return (now) => {
    if (now > trouble) return { copies: 1, delays: [latency] };
    return { copies: random() < loss ? 0 : random() < doubling ? 2 : 1, delays: [delay(), delay()] };
  };
}

function expected(all: readonly Send[], from: 0 | 1): string[] {
  const texts = all.map((send, index) => ({ ...send, text: `${send.from}:${index}` })).sort((a, b) => a.at - b.at);
  return texts.filter((send) => send.from === from).map(({ text }) => text);
}

test('over a network that drops, doubles, delays and reorders up to 30 % both ways, all arrives once and in order', () => {
  fc.assert(
    fc.property(network, sends, (conditions, all) => {
      const run = new LossyNetwork(fates(conditions));

      run.run(all, 10 * trouble);

      expect(run.delivered[1]).toEqual(expected(all, 0));
      expect(run.delivered[0]).toEqual(expected(all, 1));
      expect(run.mostInFlight).toBeLessThanOrEqual(sendWindowSize);
      expect(run.mostHeld).toBeLessThanOrEqual(receiveWindowSize);
    }),
    { numRuns: 3_000 },
  );
}, 120_000);

test('an app that takes nothing for a while gets everything once it does', () => {
  fc.assert(
    fc.property(network, sends, fc.integer({ min: 0, max: trouble }), (conditions, all, from) => {
      const run = new LossyNetwork(fates(conditions), (now) => now < from || now > from + 5_000);

      run.run(all, 10 * trouble);

      expect(run.delivered[1]).toEqual(expected(all, 0));
      expect(run.delivered[0]).toEqual(expected(all, 1));
    }),
    { numRuns: 1_000 },
  );
}, 120_000);

test('once everything is acknowledged, the channel is silent', () => {
  fc.assert(
    fc.property(network, sends, (conditions, all) => {
      const run = new LossyNetwork(fates(conditions));

      run.run(all, 10 * trouble);

      expect(run.ends.map((end) => [end.inFlight, end.held, end.waiting.length, end.nextTimer])).toEqual([
        [0, 0, 0, undefined],
        [0, 0, 0, undefined],
      ]);
    }),
    { numRuns: 1_000 },
  );
}, 120_000);

test('where nothing is lost, nothing is sent twice', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 140 }), sends, (latency, all) => {
      let signals = 0;
      const run = new LossyNetwork(() => {
        signals++;
        return { copies: 1, delays: [latency] };
      });

      run.run(all, trouble);

      // Bare acknowledgements are at most as many as the signals.
      expect(signals).toBeLessThanOrEqual(2 * all.length);
      expect(run.delivered[0].length + run.delivered[1].length).toBe(all.length);
    }),
    { numRuns: 500 },
  );
}, 120_000);
