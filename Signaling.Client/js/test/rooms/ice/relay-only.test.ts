import fc from 'fast-check';
import { expect, test } from 'vitest';
import { relayedCandidate, relayedSdp } from '../../../src/rooms/ice/relay-only.js';

const relay = 'candidate:3 1 udp 41885439 203.0.113.9 61000 typ relay raddr 192.168.1.7 rport 50123 generation 0 ufrag Ab1+';
const hidden = 'candidate:3 1 udp 41885439 203.0.113.9 61000 typ relay raddr 0.0.0.0 rport 9 generation 0 ufrag Ab1+';

const words = fc.stringMatching(/^[!-~]{1,12}$/);
const type = fc.constantFrom('host', 'srflx', 'prflx', 'relay', 'Relay', 'relayed');
const address = fc.constantFrom('203.0.113.9', '2001:db8::9', 'a-b.local');
const extras = fc.array(fc.tuple(words, words), { maxLength: 3 });

const candidates = fc
  .record({ type, address, foundation: words, extras, own: fc.constantFrom('192.168.1.7', 'fd00::7') })
  .map(({ type, address, foundation, extras, own }) =>
    [`candidate:${foundation}`, 1, 'udp', 1, address, 9, 'typ', type, 'raddr', own, 'rport', 50123, ...extras.flat()].join(' '),
  );

/** Anything else that a description may contain, candidates in the middle of a line as well. */
const otherLines = fc.oneof(
  fc.constantFrom('v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'c=IN IP4 0.0.0.0', 'a=ice-ufrag:Ab1+', 'a=end-of-candidates', ''),
  fc.string().filter((text) => !text.includes('\n') && !text.startsWith('a=candidate:')),
  candidates.map((line) => `a=x-${line}`),
);

test('no candidate survives in a description but relayed ones, without the address behind, and every other line stays byte for byte', () => {
  const lines = fc.array(fc.tuple(fc.oneof(otherLines, candidates.map((line) => `a=${line}`)), fc.constantFrom('\r\n', '\n')));
  fc.assert(
    fc.property(lines, (lines) => {
      const filtered = relayedSdp(lines.flat().join(''));

      const kept = filtered.split('\n').filter((line) => line.startsWith('a=candidate:'));
      expect(kept.every((line) => line.includes(' typ relay raddr '))).toBe(true);
      expect(kept.some((line) => line.includes('192.168.1.7') || line.includes('fd00::7'))).toBe(false);
      expect(kept).toHaveLength(lines.filter(([line]) => line.startsWith('a=candidate:') && line.includes(' typ relay ')).length);
      expect(filtered.replaceAll(/^a=candidate:[^\n]*\n/gm, (line) => (line.startsWith('a=candidate:') ? '' : line))).toBe(
        lines.filter(([line]) => !line.startsWith('a=candidate:')).flat().join(''),
      );
    }),
    { numRuns: 2_000 },
  );
});

test('a candidate that is told by itself is judged alike', () => {
  fc.assert(
    fc.property(candidates, (line) => {
      const filtered = relayedCandidate({ candidate: line, sdpMid: '0', usernameFragment: 'u1' });

      const lines = relayedSdp(`a=${line}\r\n`);
      expect(filtered ? `a=${filtered.candidate}\r\n` : '').toBe(lines);
    }),
  );
});

test('a relayed candidate keeps everything but the address behind the relay', () => {
  expect(relayedCandidate({ candidate: relay, sdpMid: '0', sdpMLineIndex: 0 })).toEqual({ candidate: hidden, sdpMid: '0', sdpMLineIndex: 0 });
  expect(relayedSdp(`v=0\r\na=${relay}`)).toBe(`v=0\r\na=${hidden}`);
});

test('behind a relayed IPv6 address an IPv6 address is hidden', () => {
  const line = 'candidate:3 1 udp 1 2001:db8::9 9 typ relay raddr fd00::7 rport 5';
  expect(relayedCandidate({ candidate: line })?.candidate).toBe('candidate:3 1 udp 1 2001:db8::9 9 typ relay raddr :: rport 9');
});

test('the end of candidates is no address', () => {
  expect(relayedCandidate({ candidate: '', sdpMid: '0' })).toEqual({ candidate: '', sdpMid: '0' });
});

test.each([
  ['two spaces', relay.replace('udp ', 'udp  ')],
  ['a tab', relay.replace(' 41885439', '\t41885439')],
  ['a second line', `${relay}\r\na=candidate:1 1 udp 1 192.168.1.7 9 typ host`],
  ['the type at another place', 'candidate:1 1 udp 1 192.168.1.7 9 typ host typ relay'],
  ['no type', 'candidate:1 1 udp 1 192.168.1.7 9'],
])('a candidate that is not written as the standard has it is none that is relayed: %s', (_, line) => {
  expect(relayedCandidate({ candidate: line })).toBeUndefined();
});
