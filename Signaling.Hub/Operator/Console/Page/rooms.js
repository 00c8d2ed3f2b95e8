// @ts-check
import { byId, element, setAttribute, setText } from './elements.js';
import { roomHref } from './route.js';
import { Table } from './table.js';
import { count, counted } from './words.js';

/**
 * @typedef {import('./contract.js').RoomList} RoomList
 * @typedef {import('./contract.js').RoomRow} RoomRow
 */

const pageSize = 100;
const most = 500;
const patienceMs = 200;

/** The rooms, and the search in them. */
export class Rooms {
  #hub;
  #onSearch;
  #max = pageSize;
  #text = '';
  /** @type {string | null} */
  #open = null;
  /** @type {string | null} */
  #region = null;
  /** @type {import('./hub.js').Subscription | null} */
  #stream = null;
  /** @type {RoomList | null} */
  #list = null;
  #typing = 0;
  #largest = 1;
  #table;
  #field = byId('search', HTMLInputElement);
  #note = byId('rooms-note', HTMLElement);
  #more = element('button', { type: 'button', class: 'show-more' }, 'Show more');

  /** @param {import('./hub.js').Hub} hub @param {(text: string) => void} onSearch Called when another text has been typed. */
  constructor(hub, onSearch) {
    this.#hub = hub;
    this.#onSearch = onSearch;
    const parent = byId('room-list', HTMLElement);
    this.#table = new Table(parent, {
      caption: 'Rooms',
      keyOf: (/** @type {RoomRow} */ { id }) => id,
      mark: (row, { id }) => setAttribute(row, 'aria-current', id === this.#open ? 'true' : null),
      columns: [
        { head: 'Room', kind: 'name', fill: (cell, { id }) => showLink(cell, id) },
        { head: 'Peers', kind: 'number', fill: (cell, room) => this.#showPeers(cell, room) },
        { head: 'Reconnecting', kind: 'number spare', fill: (cell, { reconnecting }) => { setText(cell, count(reconnecting)); setAttribute(cell, 'data-tone', reconnecting ? 'fair' : 'minor'); } },
        { head: 'Regions', kind: 'spare', fill: (cell, { regions }) => setText(cell, regions.join(', ')) },
        { head: 'Nodes', kind: 'spare minor', fill: (cell, { nodes }) => { setText(cell, nodes.length > 2 ? counted(nodes.length, 'node') : nodes.join(', ')); setAttribute(cell, 'title', nodes.join('\n')); } },
        { head: 'Ways', means: 'Whether its peers may only connect through TURN servers', kind: 'spare', fill: (cell, { relayOnly }) => { setText(cell, relayOnly ? 'relayed only' : 'any'); setAttribute(cell, 'data-tone', relayOnly ? null : 'minor'); } },
      ],
    });
    parent.append(this.#more);
    this.#more.hidden = true;
    this.#more.onclick = () => { this.#max = Math.min(most, this.#max * 5); this.#subscribe(); };
    this.#listenToTheField();
  }

  /** Shows the rooms whose ids contain a text. @param {string} text */
  search(text) {
    if (this.#field.value.trim() !== text) this.#field.value = text;
    if (this.#stream && text === this.#text) return;
    this.#text = text;
    this.#max = pageSize;
    this.#subscribe();
  }

  /** Nobody looks: the hub need not ask its nodes. */
  rest() {
    this.#stream?.end();
    this.#stream = null;
  }

  /** Which room is open beside the list. @param {string | null} id */
  mark(id) {
    this.#open = id;
    this.#show();
  }

  /** @param {string | null} name None: those of all regions. */
  ofRegion(name) {
    if (name === this.#region) return;
    this.#region = name;
    this.#max = pageSize;
    if (this.#stream) this.#subscribe();
  }

  focusField() {
    this.#field.focus();
    this.#field.select();
  }

  #subscribe() {
    this.#stream?.end();
    this.#stream = this.#hub.subscribe('Rooms', { text: this.#text, max: this.#max, region: this.#region }, (/** @type {RoomList} */ list) => {
      this.#list = list;
      this.#show();
    });
  }

  #show() {
    if (!this.#list) return;
    const { rooms, total, text } = this.#list;
    this.#largest = Math.max(1, rooms[0]?.peers ?? 1);
    this.#table.show(rooms, emptyOf(text, this.#region));
    setText(this.#note, noteOf(rooms.length, total, text));
    this.#more.hidden = rooms.length >= total || rooms.length < this.#max || this.#max >= most;
  }

  /** @param {HTMLElement} cell @param {RoomRow} room */
  #showPeers(cell, { peers }) {
    setText(cell, count(peers));
    cell.style.setProperty('--share', String(peers / this.#largest));
  }

  #listenToTheField() {
    this.#field.addEventListener('input', () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => this.#onSearch(this.#field.value.trim()), patienceMs);
    });
    byId('search-form', HTMLFormElement).addEventListener('submit', event => {
      event.preventDefault();
      this.#links()[0]?.click();
    });
    byId('rooms', HTMLElement).addEventListener('keydown', event => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      const stops = [this.#field, ...this.#links()];
      const at = stops.indexOf(/** @type {any} */ (document.activeElement));
      if (at < 0) return;
      event.preventDefault();
      stops[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
    });
  }

  #links() {
    return [...this.#table.element.querySelectorAll('a')];
  }
}

/** @param {HTMLElement} cell @param {string} id */
function showLink(cell, id) {
  if (!cell.firstElementChild) cell.append(element('a', { href: roomHref(id), title: id }, id));
}

/** @param {string} text @param {string | null} region */
function emptyOf(text, region) {
  if (region !== null) return text ? `No room in ${region} has “${text}” in its id.` : `No room is open in ${region}.`;
  return text ? `No room’s id contains “${text}”.` : 'No room is open.';
}

/** @param {number} shown @param {number} total @param {string} text */
function noteOf(shown, total, text) {
  if (total === 0) return '';
  const all = `${shown === total ? '' : `${count(shown)} of `}${counted(total, 'room')}`;
  const wherefrom = text ? ` with “${text}”` : '';
  return shown === most && total > most ? `the largest ${count(shown)} of ${counted(total, 'room')}${wherefrom}; search to see others` : all + wherefrom;
}
