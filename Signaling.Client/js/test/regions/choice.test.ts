import { beforeEach, expect, test } from 'vitest';
import { RegionChoice } from '../../src/regions/choice.js';
import { type Region, regionOf } from '../../src/regions/region.js';

const [seoul, tokyo, frankfurt] = ['seoul', 'tokyo', 'frankfurt'].map((name) => regionOf({ name, url: `https://${name}.example.com` })) as [Region, Region, Region];

let choice: RegionChoice;

beforeEach(() => void (choice = new RegionChoice(60_000)));

const take = (now: number, ...trips: [Region, number][]) => choice.take(new Map(trips), tokyo, now);

test('the nearest region is the one that answered soonest', () => {
  take(0, [seoul, 40], [tokyo, 30], [frankfurt, 250]);

  expect(choice.nearest()).toBe(tokyo);
  expect(choice.nearest(tokyo)).toBe(seoul);
});

test('a region that is not ready is not chosen', () => {
  take(0, [tokyo, 30]);

  expect(choice.isReady(seoul)).toBe(false);
  expect(choice.nearest(tokyo)).toBeUndefined();
});

test('a region is the better one only after it was so all the time', () => {
  take(0, [seoul, 5], [tokyo, 35]);
  take(59_999, [seoul, 5], [tokyo, 35]);
  expect(choice.steady(59_999)).toBeUndefined();

  expect(choice.steady(60_000)).toBe(seoul);
});

test('one bad answer begins the time anew', () => {
  take(0, [seoul, 5], [tokyo, 35]);
  take(30_000, [tokyo, 35]);
  take(40_000, [seoul, 5], [tokyo, 35]);

  expect(choice.steady(99_999)).toBeUndefined();
  expect(choice.steady(100_000)).toBe(seoul);
});

test.each([
  [35, 28, false],
  [200, 170, false],
  [200, 150, true],
])('from %i ms to %i ms: worth a move is %s', (own, other, worth) => {
  take(0, [seoul, other], [tokyo, own]);

  expect(choice.hasBetter).toBe(worth);
});

test('any region that is ready is better than one that is not', () => {
  take(0, [frankfurt, 250]);

  expect(choice.steady(60_000)).toBe(frankfurt);
});

test('a region to which the move failed has to prove itself again', () => {
  take(0, [seoul, 5], [tokyo, 35]);
  choice.doubt();
  take(60_000, [seoul, 5], [tokyo, 35]);

  expect(choice.steady(60_000)).toBeUndefined();
});
