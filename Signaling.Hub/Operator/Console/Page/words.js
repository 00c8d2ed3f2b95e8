// @ts-check

export const none = '–';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const twoDecimals = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const atMostTwo = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const timeOfDay = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const dayAndTime = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });

/** @param {number} n */
export const count = n => whole.format(n);

/** @param {number} n @param {string} one @param {string} [many] */
export const counted = (n, one, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

/** @param {number} perSecond */
export const rate = perSecond => (perSecond < 10 && perSecond % 1 !== 0 ? oneDecimal : whole).format(perSecond);

/** A length of time with its unit. @param {number | null | undefined} ms */
export function milliseconds(ms) {
  if (ms === null || ms === undefined) return none;
  if (ms >= 10_000) return `${oneDecimal.format(ms / 1000)} s`;
  if (ms >= 1000) return `${twoDecimals.format(ms / 1000)} s`;
  if (ms >= 10 || ms === 0) return `${whole.format(ms)} ms`;
  return ms >= 1 ? `${oneDecimal.format(ms)} ms` : `${whole.format(ms * 1000)} µs`;
}

/** @param {number} ratio */
export const axisPercent = ratio => `${whole.format(ratio * 100)} %`;

/** @param {number | null | undefined} ratio */
export function percent(ratio) {
  if (ratio === null || ratio === undefined) return none;
  return `${(ratio > 0 && ratio < 1 ? oneDecimal : whole).format(ratio * 100)} %`;
}

/** A length of time on an axis, where the steps are round. @param {number} ms */
export function axisMilliseconds(ms) {
  if (ms === 0) return '0';
  if (ms >= 1000) return `${atMostTwo.format(ms / 1000)} s`;
  return ms >= 1 ? `${atMostTwo.format(ms)} ms` : `${atMostTwo.format(ms * 1000)} µs`;
}

/** How long something has lasted, in its largest unit. @param {number} ms */
export function lasting(ms) {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** @param {number} megabytes */
export const memory = megabytes => megabytes < 1024 ? `${whole.format(megabytes)} MB` : `${oneDecimal.format(megabytes / 1024)} GB`;

/** @param {string} at */
export const clock = at => timeOfDay.format(new Date(at));

/** To the millisecond, for what is to be compared. @param {string} at */
export const exactClock = at => `${clock(at)}.${String(new Date(at).getMilliseconds()).padStart(3, '0')}`;

/** @param {string} at */
export const fullTime = at => dayAndTime.format(new Date(at));

/** Enough of an id to tell it from the others on a screen. @param {string} id */
export const shortId = id => id.length > 10 ? `${id.slice(0, 8)}…` : id;

/** @typedef {'good' | 'fair' | 'bad' | 'plain'} Tone */

/** @type {Record<string, { word: string, tone: Tone }>} */
const nodeStates = {
  'ready': { word: 'Ready', tone: 'good' },
  'draining': { word: 'Draining', tone: 'fair' },
  'not-ready': { word: 'Not ready', tone: 'bad' },
};

/** @type {Record<string, { word: string, tone: Tone }>} */
const peerStates = {
  connected: { word: 'Connected', tone: 'good' },
  reconnecting: { word: 'Reconnecting', tone: 'fair' },
  unreachable: { word: 'Unreachable', tone: 'bad' },
};

/** @type {Record<string, { word: string, tone: Tone }>} */
const eventKinds = {
  'joined': { word: 'Joined', tone: 'good' },
  'resumed': { word: 'Resumed', tone: 'good' },
  'rejoined': { word: 'Joined again', tone: 'good' },
  'reconnecting': { word: 'Lost its connection', tone: 'fair' },
  'left': { word: 'Left', tone: 'plain' },
  'updated': { word: 'Changed attributes', tone: 'plain' },
  'offer': { word: 'Offer', tone: 'plain' },
  'answer': { word: 'Answer', tone: 'plain' },
  'ice-restart': { word: 'ICE restart', tone: 'fair' },
  'ice-connected': { word: 'ICE connected', tone: 'good' },
  'ice-failed': { word: 'ICE failed', tone: 'bad' },
};

/** @type {Record<string, { word: string, tone: Tone }>} */
const leaveReasons = {
  'left': { word: 'Left', tone: 'plain' },
  'disconnected': { word: 'Left: did not come back', tone: 'fair' },
  'node-lost': { word: 'Left: its node was lost', tone: 'bad' },
  'region-lost': { word: 'Left: its region was lost', tone: 'bad' },
  'room-full': { word: 'Left: the room was full', tone: 'fair' },
};

/** What a newer hub may say is shown as it is. @param {string} code */
const asItIs = code => /** @type {const} */ ({ word: code, tone: 'plain' });

/** @param {string} state */
export const nodeState = state => nodeStates[state] ?? asItIs(state);

/** @param {string} state */
export const peerState = state => peerStates[state] ?? asItIs(state);

/**
 * An event of a room in words; a reason that the words already tell is no detail any more.
 * @param {import('./contract.js').RoomEvent} event
 */
export function eventWords({ kind, detail }) {
  const left = kind === 'left' && detail ? leaveReasons[detail] : undefined;
  return left ? { ...left, detail: '' } : { ...(eventKinds[kind] ?? asItIs(kind)), detail: detail ?? '' };
}
