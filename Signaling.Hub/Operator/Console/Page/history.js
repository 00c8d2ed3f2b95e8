// @ts-check

/**
 * @typedef {import('./contract.js').Point} Point
 * @typedef {import('./contract.js').Quantiles} Quantiles
 * @typedef {object} Recent What the last hour comes to.
 * @property {Quantiles | null} clientRttMs The last that were measured.
 * @property {string | null} quantilesFrom Whose they are.
 * @property {number} peakSignals
 * @property {number} iceConnected In the last five minutes, as are failures.
 * @property {number} iceFailed
 */

const hourMs = 3_600_000;
const recentMs = 300_000;
const latenessMs = 60_000;
const shortestMs = 300_000;

/** The last hour of every region, in steps that fit together. */
export class HistoryStore {
  #stepMs = 10_000;
  /** @type {Map<string, Map<number, Point>>} By region and step. */
  #regions = new Map();

  /** @param {import('./contract.js').History} history The hour, or what has come since. */
  take({ stepSeconds, regions }) {
    this.#stepMs = stepSeconds * 1000;
    for (const { name, points } of regions) {
      const known = this.#regions.get(name) ?? new Map();
      this.#regions.set(name, known);
      for (const point of points) known.set(this.#stepOf(Date.parse(point.at)), point);
      const oldest = Math.max(...known.keys()) - hourMs;
      for (const step of known.keys()) if (step < oldest) known.delete(step);
    }
  }

  /**
   * The hour as columns, or what there is of it; a step without a point is a gap.
   * @param {string | null} region None: all of them, each step a list of one point a region.
   * @returns {{ times: number[], steps: Point[][] }} Times in seconds, as uPlot takes them.
   */
  hour(region) {
    const chosen = region === null ? [...this.#regions.values()] : [this.#regions.get(region) ?? new Map()];
    const ends = chosen.map(points => Math.max(...points.keys()));
    const latest = Math.max(...ends);
    if (latest === -Infinity) return { times: [], steps: [] };
    // Far regions answer later than near ones: a sum without them would look like a loss.
    const last = Math.min(...ends.filter(end => latest - end <= latenessMs));
    const first = Math.min(...chosen.map(points => Math.min(...points.keys())));
    const length = Math.min(hourMs, Math.max(shortestMs, last - first + this.#stepMs)) / this.#stepMs;
    const times = Array.from({ length }, (_, index) => last - (length - 1 - index) * this.#stepMs);
    return { times: times.map(time => time / 1000), steps: times.map(time => chosen.flatMap(points => points.get(time) ?? [])) };
  }

  /** @param {string | null} region @param {string | null} quantilesFrom The region whose quantiles are asked for: those of several cannot be merged. @returns {Recent} */
  recent(region, quantilesFrom) {
    const { times, steps } = this.hour(region);
    const since = (times.at(-1) ?? 0) - recentMs / 1000;
    const lately = steps.filter((_, index) => /** @type {number} */ (times[index]) > since).flat();
    const measured = this.hour(quantilesFrom).steps.slice(-recentMs / this.#stepMs).flat().findLast(({ clientRttMs }) => clientRttMs);
    return {
      clientRttMs: measured?.clientRttMs ?? null,
      quantilesFrom,
      peakSignals: Math.max(0, ...steps.map(points => sum(points, point => point.signalsPerSecond))),
      iceConnected: sum(lately, point => point.iceConnected),
      iceFailed: sum(lately, point => point.iceFailed),
    };
  }

  /** @param {number} time */
  #stepOf(time) {
    return Math.floor(time / this.#stepMs) * this.#stepMs;
  }
}

/** @param {Point[]} points @param {(point: Point) => number} of */
export const sum = (points, of) => points.reduce((total, point) => total + of(point), 0);
