// @ts-check
import { Charts } from './charts.js';
import { byId, setAttribute, setText } from './elements.js';
import { Glance } from './glance.js';
import { HistoryStore } from './history.js';
import { Hub } from './hub.js';
import { LinkSign } from './link.js';
import { OverviewTables } from './overview.js';
import { RegionFilter } from './region.js';
import { RoomPane } from './room.js';
import { Rooms } from './rooms.js';
import { roomsHref, routeOf } from './route.js';
import { askForToken, currentToken, takeTokenFromAddress } from './token.js';
import { count } from './words.js';

/**
 * @typedef {import('./contract.js').Overview} Overview
 * @typedef {import('./contract.js').History} History
 */

takeTokenFromAddress();

const link = new LinkSign();
const hub = new Hub(new URL('hub', document.baseURI), { token: currentToken, onState: state => link.show(state), refused: askForToken });
const history = new HistoryStore();
const glance = new Glance();
const tables = new OverviewTables();
const charts = new Charts();
const filter = new RegionFilter(() => { showOverview(); showCharts(); rooms.ofRegion(filter.chosen); });
const rooms = new Rooms(hub, searchFor);
const room = new RoomPane(hub);
/** @type {Overview | null} */
let overview = null;
let search = '';

hub.subscribe('Overview', undefined, (/** @type {Overview} */ view) => {
  const isFirst = overview === null;
  overview = view;
  link.heard();
  filter.offer(view.regions.map(({ name }) => name), view.region);
  showOverview();
  if (isFirst) showCharts();
}, why => link.refused(why));
hub.subscribe('History', undefined, (/** @type {History} */ view) => {
  history.take(view);
  showCharts();
});

addEventListener('hashchange', follow);
addEventListener('keydown', onKey);
follow();
void hub.run();

function showOverview() {
  if (!overview) return;
  const shown = filter.apply(overview);
  glance.show(shown, history.recent(filter.chosen, filter.measured), filter.areMany);
  tables.show(shown);
  setText(byId('rooms-tally', HTMLElement), count(shown.rooms));
}

function showCharts() {
  if (overview) charts.show(history, filter.chosen, filter.measured, filter.areMany);
}

/** Shows what the address says. */
function follow() {
  const route = routeOf(location.hash);
  search = route.search ?? search;
  byId('overview', HTMLElement).hidden = route.view !== 'overview';
  byId('rooms', HTMLElement).hidden = route.view !== 'rooms';
  document.body.dataset['view'] = route.room ? 'room' : route.view;
  for (const tab of document.querySelectorAll('nav a')) setAttribute(tab, 'aria-current', tab.getAttribute('data-view') === route.view ? 'page' : null);
  document.title = route.room ? `${route.room} – Signaling console` : 'Signaling console';
  if (route.view === 'rooms') rooms.search(search);
  else rooms.rest();
  room.open(route.room, search);
  rooms.mark(route.room);
}

/** Goes on showing the room that is open, if one is. @param {string} text */
function searchFor(text) {
  search = text;
  if (routeOf(location.hash).room === null) window.history.replaceState(null, '', roomsHref(text));
  rooms.search(text);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    if (routeOf(location.hash).view !== 'rooms') location.hash = roomsHref(search);
    follow();
    rooms.focusField();
  } else if (event.key === 'Escape' && !isTyping && routeOf(location.hash).room !== null) {
    location.hash = roomsHref(search);
  }
}
