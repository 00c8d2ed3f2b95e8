// @ts-check
import { byId, element, setAttribute, setText } from './elements.js';
import { Table } from './table.js';
import { clock, count, fullTime, lasting, memory, milliseconds, nodeState, none, rate } from './words.js';

/**
 * @typedef {import('./contract.js').Overview} Overview
 * @typedef {import('./contract.js').Node} Node
 * @typedef {import('./contract.js').Region} Region
 * @typedef {import('./contract.js').TurnServer} TurnServer
 */

/** A state as a word with a sign in its colour. @param {HTMLElement} cell @param {string} word @param {string} tone @param {string} [more] */
export function setState(cell, word, tone, more = '') {
  let state = cell.firstElementChild;
  if (!(state instanceof HTMLElement)) {
    state = element('span', { class: 'state' });
    cell.append(state, element('span', { class: 'more' }));
  }

  setText(state, word);
  setAttribute(state, 'data-tone', tone);
  setText(/** @type {Element} */ (cell.lastElementChild), more);
}

/** @param {HTMLElement} cell @param {string} at @param {number} now */
function setSince(cell, at, now) {
  setText(cell, lasting(now - Date.parse(at)));
  setAttribute(cell, 'title', fullTime(at));
}

/** The state of regions, nodes and servers. */
export class OverviewTables {
  #now = 0;
  #nodes;
  #regions;
  #turn;
  #note = { nodes: byId('nodes-note', HTMLElement), turn: byId('turn-note', HTMLElement) };

  constructor() {
    this.#nodes = new Table(byId('nodes', HTMLElement), {
      caption: 'Nodes',
      keyOf: (/** @type {Node} */ { region, id }) => `${region}/${id}`,
      mark: (row, { heardMs }) => row.classList.toggle('quiet', heardMs > 3000),
      columns: [
        { head: 'Node', kind: 'name', fill: (cell, { id }) => { setText(cell, id); setAttribute(cell, 'title', id); } },
        { head: 'Region', fill: (cell, { region }) => setText(cell, region) },
        { head: 'State', kind: 'wide', fill: (cell, { state, problem }) => setState(cell, nodeState(state).word, nodeState(state).tone, problem ?? '') },
        { head: 'Peers', kind: 'number', fill: (cell, { peers }) => setText(cell, count(peers)) },
        { head: 'Reconnecting', kind: 'number', fill: (cell, { reconnecting }) => { setText(cell, count(reconnecting)); setAttribute(cell, 'data-tone', reconnecting ? 'fair' : 'minor'); } },
        { head: 'Connections', kind: 'number', fill: (cell, { connections }) => setText(cell, count(connections)) },
        { head: 'Rooms', kind: 'number', fill: (cell, { rooms }) => setText(cell, count(rooms)) },
        { head: 'Signals/s', kind: 'number', fill: (cell, { signalsPerSecond }) => setText(cell, rate(signalsPerSecond)) },
        { head: 'Redis', means: 'Round trip to the region’s Redis', kind: 'number', fill: (cell, { redis }) => showRedis(cell, redis) },
        { head: 'Memory', kind: 'number', fill: (cell, { memoryMb }) => setText(cell, memory(memoryMb)) },
        { head: 'Up for', kind: 'number', fill: (cell, { startedAt }) => setSince(cell, startedAt, this.#now) },
        { head: 'Heard', means: 'How long ago the node answered', kind: 'number minor', fill: (cell, { heardMs }) => setText(cell, heardMs < 1500 ? 'now' : `${lasting(heardMs)} ago`) },
      ],
    });

    this.#regions = new Table(byId('regions', HTMLElement), {
      caption: 'Regions',
      keyOf: (/** @type {Region} */ { name }) => name,
      columns: [
        { head: 'Region', kind: 'name', fill: (cell, { name, url }) => { setText(cell, name); setAttribute(cell, 'title', url); } },
        { head: 'Link', means: 'From the region that answers to this one', fill: (cell, { link, isOwn }) => showLink(cell, link, isOwn) },
        { head: 'Delay', kind: 'number', fill: (cell, { link }) => setText(cell, milliseconds(link?.delayMs)) },
        { head: 'Queued', means: 'Messages that wait for the link', kind: 'number', fill: (cell, { link }) => { setText(cell, link ? count(link.queued) : none); setAttribute(cell, 'data-tone', link?.queued ? 'fair' : null); } },
        { head: 'Nodes', kind: 'number', fill: (cell, { nodes }) => setText(cell, count(nodes)) },
        { head: 'Peers', kind: 'number', fill: (cell, { peers }) => setText(cell, count(peers)) },
        { head: 'Connections', kind: 'number', fill: (cell, { connections }) => setText(cell, count(connections)) },
        { head: 'Rooms', kind: 'number', fill: (cell, { rooms }) => setText(cell, count(rooms)) },
      ],
    });

    this.#turn = new Table(byId('turn', HTMLElement), {
      caption: 'STUN and TURN servers',
      keyOf: (/** @type {TurnServer} */ { seenFrom, region, url }) => `${seenFrom} ${region} ${url}`,
      columns: [
        { head: 'Server', kind: 'name long', fill: (cell, { url }) => { setText(cell, url); setAttribute(cell, 'title', url); } },
        { head: 'Region', fill: (cell, { region }) => setText(cell, region ?? 'any') },
        { head: 'State', kind: 'wide', fill: (cell, { well, problem }) => setState(cell, well ? 'Well' : 'Not well', well ? 'good' : 'bad', problem ?? '') },
        { head: 'Round trip', kind: 'number', fill: (cell, { roundTripMs }) => setText(cell, milliseconds(roundTripMs)) },
        { head: 'For', means: 'How long the state has lasted', kind: 'number', fill: (cell, { since }) => setSince(cell, since, this.#now) },
        { head: 'Weight', kind: 'number', fill: (cell, { weight }) => setText(cell, count(weight)) },
        { head: 'Seen from', kind: 'minor', fill: (cell, { seenFrom }) => setText(cell, seenFrom) },
      ],
    });
  }

  /** @param {Overview} overview */
  show({ at, nodes, regions, turn, node, region }) {
    this.#now = Date.parse(at);
    this.#nodes.show(nodes.toSorted((a, b) => Number(a.state === 'ready') - Number(b.state === 'ready') || a.region.localeCompare(b.region) || a.id.localeCompare(b.id)), 'No node has answered yet.');
    this.#regions.show(regions.toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn) || a.name.localeCompare(b.name)), 'No region has answered yet.');
    this.#turn.show(
      turn.toSorted((a, b) => Number(a.well) - Number(b.well) || a.seenFrom.localeCompare(b.seenFrom) || a.url.localeCompare(b.url)),
      'None are configured: peers find only the ways that need no server.',
    );
    setText(this.#note.nodes, nodes.length ? `${count(nodes.length)} in all` : '');
    setText(this.#note.turn, turn.length ? `${count(turn.filter(({ well }) => well).length)} of ${count(turn.length)} well` : '');
    setText(byId('foot', HTMLElement), `Answered by node ${node} in region ${region} at ${clock(at)}. Read-only: nothing here changes the service.`);
  }
}

/** @param {HTMLElement} cell @param {Node['redis']} redis */
function showRedis(cell, redis) {
  setText(cell, redis ? redis.up ? milliseconds(redis.roundTripMs) : 'Down' : 'None');
  setAttribute(cell, 'data-tone', redis ? redis.up ? null : 'bad' : 'minor');
}

/** @param {HTMLElement} cell @param {Region['link']} link @param {boolean} isOwn */
function showLink(cell, link, isOwn) {
  if (isOwn) setState(cell, 'This one', 'plain');
  else if (link) setState(cell, link.up ? 'Up' : 'Down', link.up ? 'good' : 'bad');
  else setState(cell, 'Not known', 'plain');
}
