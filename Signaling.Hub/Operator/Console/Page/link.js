// @ts-check
import { byId, setText } from './elements.js';
import { lasting } from './words.js';

const staleMs = 5_000;

/** Tells whether what is seen is of now. */
export class LinkSign {
  #sign = byId('link', HTMLElement);
  #words = byId('link-state', HTMLElement);
  /** Apart from the words: those are read out when they change, and the age changes every second. */
  #age = byId('link-age', HTMLElement);
  /** @type {import('./hub.js').LinkState} */
  #state = 'connecting';
  #refusal = '';
  /** When the last view came, on this page's own clock. */
  #heardAt = 0;

  constructor() {
    setInterval(() => this.#show(), 1000);
    this.#show();
  }

  /** @param {import('./hub.js').LinkState} state */
  show(state) {
    this.#state = state;
    this.#show();
  }

  /** @param {string} why Why no view comes. */
  refused(why) {
    this.#refusal = why;
    this.#show();
  }

  heard() {
    this.#refusal = '';
    this.#heardAt = performance.now();
    this.#show();
  }

  #show() {
    const age = performance.now() - this.#heardAt;
    const isStale = this.#heardAt > 0 && age > staleMs;
    document.body.classList.toggle('stale', this.#heardAt > 0 && (isStale || this.#state !== 'live'));
    document.body.classList.toggle('waiting', this.#heardAt === 0);
    this.#sign.dataset['tone'] = this.#state === 'live' && !isStale && !this.#refusal ? 'good' : 'fair';
    setText(this.#words, this.#wordsOf(isStale));
    setText(this.#age, isStale ? `what you see is ${lasting(age)} old` : '');
  }

  /** @param {boolean} isStale */
  #wordsOf(isStale) {
    if (this.#state === 'refused') return 'No access';
    if (this.#refusal && this.#state === 'live') return this.#refusal;
    if (this.#state === 'connecting' || this.#heardAt === 0) return 'Connecting …';
    if (this.#state === 'away') return 'Reconnecting …';
    return isStale ? 'No news' : 'Live';
  }
}
