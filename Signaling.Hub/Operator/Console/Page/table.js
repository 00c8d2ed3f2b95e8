// @ts-check
import { Parts, element } from './elements.js';

/**
 * @template T
 * @typedef {object} Column
 * @property {string} head
 * @property {string} [means] What the head means, where it is not plain.
 * @property {string} [kind] A class of its cells: `number`, `name`, `wide`, `minor`.
 * @property {(cell: HTMLTableCellElement, item: T) => void} fill
 */

/**
 * A table of items that are told apart by a key.
 * @template T
 */
export class Table {
  element = element('table');
  #frame = element('div', { class: 'table', tabindex: '0', role: 'group' }, this.element);
  #empty = element('p', { class: 'empty' });
  #parts;

  /**
   * @param {HTMLElement} parent
   * @param {object} options
   * @param {string} options.caption For those who do not see where the table is.
   * @param {Column<T>[]} options.columns The first one names the row.
   * @param {(item: T) => string} options.keyOf
   * @param {(row: HTMLTableRowElement, item: T) => void} [options.mark] What concerns a row as a whole.
   */
  constructor(parent, { caption, columns, keyOf, mark }) {
    const body = element('tbody');
    this.element.append(
      element('caption', { class: 'unseen' }, caption),
      element('thead', {}, element('tr', {}, ...columns.map(headOf))),
      body,
    );
    this.#frame.setAttribute('aria-label', caption);
    this.#frame.hidden = this.#empty.hidden = true;
    parent.append(this.#frame, this.#empty);
    this.#parts = new Parts(body, keyOf, () => {
      const cells = columns.map(({ kind }, index) => element(index === 0 ? 'th' : 'td', { ...(index === 0 && { scope: 'row' }), ...(kind && { class: kind }) }));
      const row = element('tr', {}, ...cells);
      return {
        element: row,
        show: item => {
          mark?.(row, item);
          columns.forEach(({ fill }, index) => fill(/** @type {HTMLTableCellElement} */ (cells[index]), item));
        },
      };
    });
  }

  /** @param {T[]} items @param {string} empty What to say when there are none. */
  show(items, empty = '') {
    this.#parts.show(items);
    this.#frame.hidden = items.length === 0;
    this.#empty.hidden = items.length > 0;
    this.#empty.textContent = empty;
  }
}

/** @param {{ head: string, means?: string, kind?: string }} column */
function headOf({ head, means, kind }) {
  return element('th', { scope: 'col', ...(kind && { class: kind }), ...(means && { title: means }) }, head);
}
