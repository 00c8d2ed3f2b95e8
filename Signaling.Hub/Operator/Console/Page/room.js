// @ts-check
import { byId, element, setAttribute, setText } from './elements.js';
import { setState } from './overview.js';
import { roomsHref } from './route.js';
import { Table } from './table.js';
import { Timeline } from './timeline.js';
import { counted, fullTime, lasting, none, peerState, shortId } from './words.js';

/**
 * @typedef {import('./contract.js').RoomView} RoomView
 * @typedef {import('./contract.js').Peer} Peer
 */

/** One room: who is in it, and what has happened. */
export class RoomPane {
  #hub;
  #pane = byId('room', HTMLElement);
  /** @type {string | null} */
  #id = null;
  /** @type {import('./hub.js').Subscription | null} */
  #stream = null;

  /** @param {import('./hub.js').Hub} hub */
  constructor(hub) {
    this.#hub = hub;
  }

  /** @param {string | null} id None: no room is shown. @param {string} search What is searched for beside it. */
  open(id, search) {
    if (id === this.#id) return;
    this.#id = id;
    this.#stream?.end();
    this.#stream = null;
    this.#pane.replaceChildren();
    this.#pane.hidden = id === null;
    if (id === null) return;

    const head = new RoomHead(id, search);
    const peers = element('div', { class: 'scroll peers' });
    const table = peersTable(peers);
    const timeline = new Timeline();
    this.#pane.append(head.element, peers, element('h3', {}, 'Timeline'), timeline.element);
    head.focus();
    this.#stream = this.#hub.subscribe('Room', id, (/** @type {RoomView} */ room) => {
      head.show(room);
      table.show(room.peers, room.open ? 'Nobody is here.' : 'Nobody is here any more.');
      timeline.show(room);
    }, why => head.fail(why));
  }
}

class RoomHead {
  element;
  #title;
  #facts = element('p', { class: 'facts' });

  /** @param {string} id @param {string} search */
  constructor(id, search) {
    this.#title = element('h2', { id: 'room-title', tabindex: '-1', title: id }, id);
    this.element = element('header', {}, this.#title, this.#facts, element('a', { class: 'close', href: roomsHref(search), 'aria-label': 'Close the room', title: 'Close (Esc)' }, '✕'));
    setText(this.#facts, 'Asking the nodes …');
  }

  focus() {
    this.#title.focus({ preventScroll: true });
  }

  /** @param {string} why */
  fail(why) {
    setText(this.#facts, why);
    setAttribute(this.#facts, 'data-tone', 'bad');
  }

  /** @param {RoomView} room */
  show({ open, peers, relayOnly, version }) {
    const regions = new Set(peers.map(({ region }) => region));
    setText(this.#facts, [
      open ? 'Open' : 'Closed',
      counted(peers.length, 'peer'),
      ...(regions.size > 1 ? [`across ${regions.size} regions`] : []),
      ...(relayOnly ? ['relayed only'] : []),
      ...(version ? [`roster ${version}`] : []),
    ].join(' · '));
    setAttribute(this.#facts, 'data-tone', open ? 'good' : 'minor');
  }
}

/** @param {HTMLElement} parent @returns {Table<Peer>} */
const peersTable = parent => new Table(parent, {
  caption: 'Peers',
  keyOf: ({ id }) => id,
  columns: [
    { head: 'Name', kind: 'name', fill: (cell, { name }) => { setText(cell, name || 'no name'); cell.classList.toggle('nameless', !name); } },
    { head: 'Peer', kind: 'id', fill: (cell, { id }) => { setText(cell, shortId(id)); setAttribute(cell, 'title', id); } },
    { head: 'State', fill: (cell, { state }) => setState(cell, peerState(state).word, peerState(state).tone) },
    { head: 'Region', fill: (cell, { region }) => setText(cell, region) },
    { head: 'Node', kind: 'minor id', fill: (cell, { node }) => { setText(cell, node); setAttribute(cell, 'title', node); } },
    { head: 'Here for', kind: 'number', fill: showJoined },
    { head: 'Attributes', kind: 'wide attributes', fill: (cell, { attributes }) => { const text = attributesOf(attributes); setText(cell, text); setAttribute(cell, 'title', text || null); } },
  ],
});

/** @param {HTMLElement} cell @param {Peer} peer */
function showJoined(cell, { joinedAt }) {
  setText(cell, joinedAt ? lasting(Date.now() - Date.parse(joinedAt)) : none);
  setAttribute(cell, 'title', joinedAt ? fullTime(joinedAt) : null);
}

/** @param {Record<string, unknown>} attributes */
const attributesOf = attributes => Object.entries(attributes ?? {}).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`).join(', ');
