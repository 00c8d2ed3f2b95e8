// @ts-check
import { Chart } from './chart.js';
import { byId, setText } from './elements.js';
import { sum } from './history.js';
import { axisMilliseconds, axisPercent, count, milliseconds, percent, rate } from './words.js';

/** @typedef {import('./contract.js').Point} Point */

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const amount = (/** @type {number | null | undefined} */ value) => count(value ?? 0);

/**
 * The three quantiles of one measurement.
 * @param {'relayMs' | 'clientRttMs' | 'iceSetUpMs'} field
 */
const quantiles = field => /** @type {const} */ ([['p50', '--line-1'], ['p95', '--line-2'], ['p99', '--line-3']]).map(([quantile, colour]) => ({
  label: quantile,
  colour,
  words: milliseconds,
  of: (/** @type {Point[]} */ points) => points[0]?.[field]?.[quantile] ?? null,
}));

/** @param {Point[]} points @param {(point: Point) => number} part @param {(point: Point) => number} whole */
function share(points, part, whole) {
  const all = sum(points, whole);
  return all ? sum(points, part) / all : null;
}

/** @param {Point} point */
const iceEnds = ({ iceConnected, iceFailed }) => iceConnected + iceFailed;

/** @type {import('./chart.js').ChartOptions[]} */
const all = [
  { title: 'Client round trip', ofOneRegion: true, lines: quantiles('clientRttMs'), axis: axisMilliseconds, goal: 100, goalWords: 'goal 100 ms' },
  { title: 'Relay latency', ofOneRegion: true, lines: quantiles('relayMs'), axis: axisMilliseconds },
  { title: 'ICE set-up time', ofOneRegion: true, lines: quantiles('iceSetUpMs'), axis: axisMilliseconds },
  {
    title: 'ICE outcome',
    axis: axisPercent,
    top: 1,
    ceiling: 1.03,
    lines: [
      { label: 'connected', colour: '--good-line', words: percent, of: points => share(points, point => point.iceConnected, iceEnds) },
      { label: 'relayed', colour: '--line-4', words: percent, of: points => share(points, point => point.iceRelayed, point => point.iceConnected) },
    ],
  },
  {
    title: 'Connections',
    axis: compact.format,
    top: 4,
    lines: [
      { label: 'connections', colour: '--line-2', area: true, words: amount, of: points => sum(points, point => point.connections) },
      { label: 'peers', colour: '--line-1', words: amount, of: points => sum(points, point => point.peers) },
      { label: 'abnormal ends', colour: '--bad-line', bars: true, words: amount, of: points => sum(points, point => point.abnormalEnds) || null },
    ],
  },
  {
    title: 'Signals a second',
    axis: compact.format,
    top: 4,
    lines: [{ label: 'signals', colour: '--line-2', area: true, words: value => `${rate(value ?? 0)}/s`, of: points => sum(points, point => point.signalsPerSecond) }],
  },
];

/** The charts of the last hour. */
export class Charts {
  #charts = all.map(options => ({ chart: new Chart(options), ofOneRegion: options.ofOneRegion ?? false }));

  constructor() {
    byId('charts', HTMLElement).append(...this.#charts.map(({ chart }) => chart.element));
  }

  /**
   * @param {import('./history.js').HistoryStore} history
   * @param {string | null} region None: all.
   * @param {string} own Whose quantiles are shown when no region is chosen.
   * @param {boolean} areMany Whether there are regions to tell apart.
   */
  show(history, region, own, areMany) {
    const counts = history.hour(region);
    const measured = history.hour(region ?? own);
    for (const { chart, ofOneRegion } of this.#charts) {
      const { times, steps } = ofOneRegion ? measured : counts;
      chart.show(times, steps, areMany ? ofOneRegion ? region ?? own : region ?? 'all regions' : '');
    }

    setText(byId('charts-note', HTMLElement), areMany && region === null ? `Times are those of region ${own}; choose a region for its own.` : '');
  }
}
