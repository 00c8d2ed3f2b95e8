// @ts-check
import { Parts, element, setAttribute, setText } from './elements.js';
import { counted, exactClock, eventWords, fullTime, shortId } from './words.js';

/** @typedef {import('./contract.js').RoomEvent} RoomEvent */

const nearTheEndPx = 40;

/** What has happened in a room, the newest last and in sight while nobody scrolls back. */
export class Timeline {
  element = element('div', { class: 'scroll timeline', tabindex: '0', role: 'region', 'aria-label': 'Timeline' });
  #empty = element('p', { class: 'empty' }, 'No node remembers anything that happened here.');
  #toEnd = element('button', { type: 'button', class: 'to-end' });
  #events;
  /** @type {Map<string, string>} Names by peer id, of those too who have left since. */
  #names = new Map();
  /** The keys of the newest event of all, and of the newest that was in sight. */
  #last = '';
  #seen = '';

  constructor() {
    const body = element('tbody');
    const heads = ['Time', 'What', 'Who', 'Detail', 'Node'].map(head => element('th', { scope: 'col' }, head));
    this.element.append(element('table', {}, element('caption', { class: 'unseen' }, 'Timeline, the newest last'), element('thead', {}, element('tr', {}, ...heads)), body), this.#empty, this.#toEnd);
    this.#events = new Parts(body, (/** @type {{ key: string, event: RoomEvent }} */ { key }) => key, () => eventPart(id => this.#names.get(id) ?? ''));
    this.#toEnd.hidden = true;
    this.#toEnd.onclick = () => this.#goToEnd();
    this.element.onscroll = () => { if (this.#isAtEnd) this.#sawAll(); };
  }

  /** @param {import('./contract.js').RoomView} room */
  show({ peers, timeline }) {
    for (const { id, name } of peers) if (name) this.#names.set(id, name);
    const follows = this.#isAtEnd || this.#seen === '';
    const keyed = withKeys(timeline);
    const last = keyed.at(-1)?.key ?? '';
    this.#events.show(keyed);
    this.#empty.hidden = timeline.length > 0;
    if (last === this.#last) return;
    this.#last = last;
    if (follows) this.#goToEnd();
    else this.#tellOfNew(keyed.length - 1 - keyed.findIndex(({ key }) => key === this.#seen));
  }

  get #isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < nearTheEndPx;
  }

  #goToEnd() {
    this.element.scrollTop = this.element.scrollHeight;
    this.#sawAll();
  }

  #sawAll() {
    this.#seen = this.#last;
    this.#toEnd.hidden = true;
  }

  /** @param {number} events */
  #tellOfNew(events) {
    setText(this.#toEnd, `${counted(events, 'new event')} ↓`);
    this.#toEnd.hidden = false;
  }
}

/** The same event has the same key in every view, even when the oldest have gone. @param {RoomEvent[]} timeline */
function withKeys(timeline) {
  /** @type {Map<string, number>} */
  const twins = new Map();
  return timeline.map(event => {
    const what = `${event.at} ${event.kind} ${event.peer} ${event.to ?? ''} ${event.detail ?? ''} ${event.node}`;
    const twin = twins.get(what) ?? 0;
    twins.set(what, twin + 1);
    return { key: `${what} ${twin}`, event };
  });
}

/** @param {(id: string) => string} nameOf @returns {import('./elements.js').Part<{ event: RoomEvent }>} */
function eventPart(nameOf) {
  const time = element('td', { class: 'time' });
  const what = element('td', { class: 'what' });
  const who = element('td', { class: 'who' });
  const about = element('td', { class: 'about' });
  const node = element('td', { class: 'minor' });
  const state = element('span', { class: 'state' });
  const from = element('span', { class: 'peer' });
  const to = element('span', { class: 'peer' });
  const arrow = element('span', { class: 'arrow' }, ' → ');
  what.append(state);
  who.append(from, arrow, to);
  return {
    element: element('tr', {}, time, what, who, about, node),
    show: ({ event }) => {
      const words = eventWords(event);
      setText(time, exactClock(event.at));
      setAttribute(time, 'title', fullTime(event.at));
      setText(state, words.word);
      setAttribute(state, 'data-tone', words.tone);
      showPeer(from, event.peer, nameOf);
      arrow.hidden = to.hidden = !event.to;
      if (event.to) showPeer(to, event.to, nameOf);
      setText(about, words.detail);
      setText(node, `${event.region} · ${event.node}`);
    },
  };
}

/** @param {HTMLElement} place @param {string} id @param {(id: string) => string} nameOf */
function showPeer(place, id, nameOf) {
  const name = nameOf(id);
  setText(place, name || shortId(id));
  setAttribute(place, 'title', id);
  place.classList.toggle('nameless', !name);
}
