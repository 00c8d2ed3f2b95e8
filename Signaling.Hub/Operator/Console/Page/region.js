// @ts-check
import { Parts, byId, element, setText } from './elements.js';

/** @typedef {import('./contract.js').Overview} Overview */

/** Which region the page is about. */
export class RegionFilter {
  #select = byId('region', HTMLSelectElement);
  #label = byId('region-filter', HTMLElement);
  #options;
  #own = '';
  #onChange;

  /** @param {() => void} onChange */
  constructor(onChange) {
    this.#select.append(element('option', { value: '' }, 'All regions'));
    const group = element('optgroup', { label: 'One region' });
    this.#select.append(group);
    this.#options = new Parts(group, (/** @type {string} */ name) => name, () => {
      const option = element('option');
      return { element: option, show: name => { option.value = name; setText(option, name); } };
    });
    this.#onChange = onChange;
    this.#select.onchange = onChange;
  }

  /** @param {string[]} names @param {string} own The one whose node answers. */
  offer(names, own) {
    const before = this.chosen;
    this.#own = own;
    this.#options.show(names.toSorted());
    this.#label.hidden = names.length < 2;
    if (this.chosen !== before) this.#onChange(); // It was the one that has gone.
  }

  /** None: all. */
  get chosen() {
    return this.#select.value || null;
  }

  /** Whose times are shown: those of several regions cannot be merged. */
  get measured() {
    return this.chosen ?? this.#own;
  }

  get areMany() {
    return !this.#label.hidden;
  }

  /** What of the service is in the region. @param {Overview} overview @returns {Overview} */
  apply(overview) {
    const { chosen } = this;
    if (chosen === null) return overview;
    const regions = overview.regions.filter(({ name }) => name === chosen);
    return {
      ...overview,
      rooms: regions[0]?.rooms ?? 0,
      regions,
      nodes: overview.nodes.filter(({ region }) => region === chosen),
      turn: overview.turn.filter(({ region, seenFrom }) => region === chosen || seenFrom === chosen),
    };
  }
}
