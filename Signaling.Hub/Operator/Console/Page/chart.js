// @ts-check
import { element, setText } from './elements.js';
import uPlot from './uPlot.esm.js';

const height = 148;
const redraw = matchMedia('(prefers-color-scheme: dark)');
const hour = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const second = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

/**
 * @typedef {(number | null)[]} Column
 * @typedef {object} Line
 * @property {string} label
 * @property {string} colour The name of a custom property.
 * @property {boolean} [area] Filled down to nought.
 * @property {boolean} [bars] Bars on a scale of their own, in the lowest quarter.
 * @property {(value: number | null | undefined) => string} words
 * @property {(points: import('./contract.js').Point[]) => number | null} of
 *
 * @typedef {object} ChartOptions
 * @property {string} title
 * @property {Line[]} lines
 * @property {boolean} [ofOneRegion] Whether it shows quantiles, which those of several regions don't add up to.
 * @property {number} [goal] A line that the others should stay below.
 * @property {string} [goalWords] What the legend says of it.
 * @property {number} [top] What the scale reaches at least.
 * @property {number} [ceiling] What the scale never goes beyond.
 * @property {(value: number) => string} axis
 */

/** The last hour of something, as lines. */
export class Chart {
  element;
  #options;
  #scope = element('span', { class: 'scope' });
  #time = element('span', { class: 'at' });
  /** @type {HTMLElement[]} */
  #values = [];
  #canvas = element('div', { class: 'plot', 'aria-hidden': 'true' });
  #empty = element('p', { class: 'empty' }, 'Nothing measured in this hour.');
  /** @type {uPlot} */
  #plot;

  /** @param {ChartOptions} options */
  constructor(options) {
    this.#options = options;
    this.element = element(
      'figure',
      { class: 'chart' },
      element('figcaption', {}, element('h3', {}, options.title, ' ', this.#scope), this.#time),
      element('dl', { class: 'legend' }, ...options.lines.map(line => this.#legendOf(line)), ...(options.goalWords ? [element('div', { class: 'goal' }, element('dt', {}, options.goalWords))] : [])),
      this.#canvas,
      this.#empty,
    );
    this.#plot = new uPlot(this.#uPlotOptions(), /** @type {uPlot.AlignedData} */ ([[], ...options.lines.map(() => [])]), this.#canvas);
    new ResizeObserver(() => this.#plot.setSize({ width: this.#canvas.clientWidth, height })).observe(this.#canvas);
    redraw.addEventListener('change', () => this.#plot.redraw(false, true));
  }

  /** @param {number[]} times @param {import('./contract.js').Point[][]} steps @param {string} scope Whose hour it is. */
  show(times, steps, scope) {
    const columns = this.#options.lines.map(({ of }) => steps.map(points => points.length ? of(points) : null));
    setText(this.#scope, scope);
    const isEmpty = columns.every(column => column.every(value => value === null));
    this.#empty.hidden = !isEmpty;
    this.#canvas.style.visibility = isEmpty ? 'hidden' : '';
    this.#plot.setData(/** @type {uPlot.AlignedData} */ ([times, ...columns]));
    this.#showLegend();
  }

  /** @param {Line} line */
  #legendOf({ label, colour }) {
    const value = element('dd', {}, '–');
    this.#values.push(value);
    const key = element('dt', {}, label);
    key.style.setProperty('--key', `var(${colour})`);
    return element('div', {}, key, value);
  }

  /** What the cursor is on, else what was last. */
  #showLegend() {
    const index = this.#plot.cursor.idx;
    const time = index === null || index === undefined ? undefined : this.#plot.data[0][index];
    setText(this.#time, time === undefined ? '' : second.format(time * 1000));
    this.#options.lines.forEach(({ words }, line) => {
      const column = /** @type {Column} */ (this.#plot.data[line + 1] ?? []);
      const value = time === undefined ? column.findLast(each => each !== null) : column[/** @type {number} */ (index)];
      setText(/** @type {HTMLElement} */ (this.#values[line]), words(value));
    });
  }

  /** @returns {uPlot.Options} */
  #uPlotOptions() {
    const { lines, goal, top = 0, ceiling = Infinity, axis } = this.#options;
    return {
      width: 320,
      height,
      padding: [10, 6, 0, 0],
      legend: { show: false },
      cursor: { sync: { key: 'hour' }, drag: { x: false, y: false }, points: { size: 6 }, y: false },
      scales: {
        x: { time: true },
        y: { range: (_, __, max) => [0, Math.min(ceiling, Math.max(top, goal ? goal * 1.2 : 0, (max ?? 0) * 1.12) || 1)] },
        bars: { range: (_, __, max) => [0, Math.max(8, max ?? 0) * 4] },
      },
      axes: [
        { ...axisLook, size: 24, space: 70, values: (_, times) => times.map(time => hour.format(time * 1000)) },
        { ...axisLook, size: 46, space: 28, values: (_, values) => values.map(axis) },
      ],
      series: [{}, ...lines.map(seriesOf)],
      hooks: {
        draw: [plot => this.#drawGoal(plot)],
        setCursor: [() => this.#showLegend()],
      },
    };
  }

  /** @param {uPlot} plot */
  #drawGoal(plot) {
    const { goal } = this.#options;
    if (goal === undefined) return;
    const { ctx, bbox } = plot;
    const y = Math.round(plot.valToPos(goal, 'y', true));
    const pixel = devicePixelRatio;
    ctx.save();
    ctx.strokeStyle = colourOf('--goal');
    ctx.lineWidth = pixel;
    ctx.setLineDash([4 * pixel, 3 * pixel]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.restore();
  }
}

/** @param {string} property */
const colourOf = property => getComputedStyle(document.documentElement).getPropertyValue(property).trim();

const axisLook = {
  stroke: () => colourOf('--text-soft'),
  grid: { stroke: () => colourOf('--grid'), width: 1 },
  ticks: { show: false },
  font: '11px system-ui, sans-serif',
  gap: 4,
};

/** Those between two gaps, of which no line would show anything. @param {uPlot} plot @param {number} series */
function lonePoints(plot, series) {
  const column = /** @type {Column} */ (plot.data[series]);
  return column.flatMap((value, index) => value !== null && (column[index - 1] ?? null) === null && (column[index + 1] ?? null) === null ? index : []);
}

/** @param {Line} line @returns {uPlot.Series} */
function seriesOf({ label, colour, area, bars }) {
  return {
    label,
    scale: bars ? 'bars' : 'y',
    width: bars ? 0 : 1.5,
    stroke: () => colourOf(colour),
    points: { show: !bars, size: 4, width: 0, fill: () => colourOf(colour), filter: lonePoints },
    spanGaps: false,
    ...(area && { fill: () => `color-mix(in srgb, ${colourOf(colour)} 12%, transparent)` }),
    ...(bars && { fill: () => colourOf(colour), paths: /** @type {any} */ (uPlot.paths).bars({ size: [0.9, 6, 1] }) }),
  };
}
