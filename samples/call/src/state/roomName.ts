const adjectives = ['amber', 'brave', 'calm', 'clever', 'cosy', 'daring', 'early', 'fancy', 'gentle', 'golden', 'happy', 'jolly', 'kind', 'lively',
  'lucky', 'mellow', 'noble', 'quick', 'quiet', 'shiny', 'silver', 'sunny', 'swift', 'warm', 'wise', 'witty'];
const nouns = ['badger', 'birch', 'comet', 'crane', 'dolphin', 'falcon', 'forest', 'harbor', 'heron', 'island', 'lagoon', 'lantern', 'magpie',
  'maple', 'meadow', 'otter', 'panda', 'pebble', 'pine', 'river', 'robin', 'summit', 'tiger', 'valley', 'willow', 'wren'];

/** A room name that can be said over the phone. */
export const inventRoomName = (): string => `${pick(adjectives)}-${pick(nouns)}-${10 + random(90)}`;

/** Makes what someone typed into a room id: `Math 101!` becomes `Math-101`. */
export const toRoomId = (typed: string): string =>
  typed.trim().replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 64);

const pick = (words: readonly string[]): string => words[random(words.length)]!;

const random = (below: number): number => crypto.getRandomValues(new Uint32Array(1))[0]! % below;
