// @ts-check
import { Parts, byId, element, setAttribute, setText } from './elements.js';
import { count, counted, lasting, milliseconds, nodeState, none, percent, rate } from './words.js';

/**
 * @typedef {import('./contract.js').Overview} Overview
 * @typedef {{ name: string, value: string, note: string, tone: string | null }} Figure
 * @typedef {{ text: string, tone: 'fair' | 'bad' }} Problem
 */

/** The figures and the problems of the service, always in sight. */
export class Glance {
  #figures;
  #problems;
  #problemList = byId('problems', HTMLUListElement);

  constructor() {
    this.#figures = new Parts(byId('glance', HTMLDListElement), (/** @type {Figure} */ { name }) => name, figurePart);
    this.#problems = new Parts(this.#problemList, (/** @type {Problem} */ { text }) => text, problemPart);
  }

  /**
   * @param {Overview} overview What is shown of it: that of one region, or all.
   * @param {import('./history.js').Recent} recent
   * @param {boolean} areMany Whether there are regions to tell apart.
   */
  show(overview, recent, areMany) {
    this.#figures.show(figuresOf(overview, recent, areMany));
    const problems = problemsOf(overview);
    this.#problems.show(problems);
    this.#problemList.hidden = problems.length === 0;
  }
}

/** @param {Overview} overview @param {import('./history.js').Recent} recent @param {boolean} areMany @returns {Figure[]} */
function figuresOf({ nodes, regions, rooms }, recent, areMany) {
  const sum = (/** @type {(node: Overview['nodes'][number]) => number} */ of) => nodes.reduce((total, node) => total + of(node), 0);
  const peers = sum(node => node.peers);
  const reconnecting = sum(node => node.reconnecting);
  const ready = nodes.filter(node => node.state === 'ready').length;
  const ice = recent.iceConnected + recent.iceFailed;
  const rtt = recent.clientRttMs;
  return [
    { name: 'Peers', value: count(peers), note: reconnecting ? `${count(reconnecting)} reconnecting` : 'none reconnecting', tone: null },
    { name: 'Connections', value: count(sum(node => node.connections)), note: `in ${counted(regions.length, 'region')}`, tone: null },
    { name: 'Rooms', value: count(rooms), note: rooms ? `${(peers / rooms).toFixed(1)} peers each` : 'none open', tone: null },
    { name: 'Signals', value: `${rate(sum(node => node.signalsPerSecond))}/s`, note: `peak ${rate(recent.peakSignals)}/s`, tone: null },
    { name: 'Nodes ready', value: `${ready} of ${nodes.length}`, note: missingOf(nodes), tone: ready === nodes.length ? null : 'bad' },
    {
      name: `Round trip p99${areMany ? `, ${recent.quantilesFrom}` : ''}`,
      value: milliseconds(rtt?.p99),
      note: rtt ? `median ${milliseconds(rtt.p50)}` : 'not measured yet',
      tone: rtt && rtt.p99 > 100 ? 'fair' : null,
    },
    {
      name: 'ICE success',
      value: ice ? percent(recent.iceConnected / ice) : none,
      note: ice ? `of ${count(ice)} in 5 min` : 'none reported lately',
      tone: ice && recent.iceConnected / ice < 0.95 ? 'bad' : null,
    },
  ];
}

/** @param {Overview['nodes']} nodes */
function missingOf(nodes) {
  const draining = nodes.filter(({ state }) => state === 'draining').length;
  const notReady = nodes.filter(({ state }) => state === 'not-ready').length;
  return [...(draining ? [`${draining} draining`] : []), ...(notReady ? [`${notReady} not ready`] : [])].join(', ') || 'none missing';
}

/** @param {Overview} overview @returns {Problem[]} */
function problemsOf({ at, nodes, regions, turn }) {
  const now = Date.parse(at);
  return [
    ...regions.filter(({ link }) => link && !link.up).map(({ name }) => ({ text: `The link to region ${name} is down`, tone: /** @type {const} */ ('bad') })),
    ...nodes.filter(({ state }) => state !== 'ready').map(({ id, region, state, problem }) => ({
      text: `Node ${id} in ${region}: ${(problem ?? nodeState(state).word).toLowerCase()}`,
      tone: state === 'draining' ? /** @type {const} */ ('fair') : /** @type {const} */ ('bad'),
    })),
    ...turn.filter(({ well }) => !well).map(({ url, problem, since, seenFrom }) => ({
      text: `${url} has not been well for ${lasting(now - Date.parse(since))}, seen from ${seenFrom}${problem ? `: ${problem}` : ''}`,
      tone: /** @type {const} */ ('bad'),
    })),
  ];
}

/** @returns {import('./elements.js').Part<Figure>} */
function figurePart() {
  const name = element('dt');
  const value = element('dd', { class: 'value' });
  const note = element('dd', { class: 'about' });
  return {
    element: element('div', {}, name, value, note),
    show: figure => {
      setText(name, figure.name);
      setText(value, figure.value);
      setText(note, figure.note);
      setAttribute(value, 'data-tone', figure.tone);
    },
  };
}

/** @returns {import('./elements.js').Part<Problem>} */
function problemPart() {
  const item = element('li');
  return {
    element: item,
    show: ({ text, tone }) => {
      setText(item, text);
      setAttribute(item, 'data-tone', tone);
    },
  };
}
