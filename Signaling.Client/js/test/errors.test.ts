import { expect, test } from 'vitest';
import { SignalingError, toError } from '../src/errors.js';

test('an error survives the text that SignalR wraps around it', () => {
  const text = "An unexpected error occurred invoking 'Send' on the server. HubException: rate-limited (retry-later, 250 ms): Too fast (really): wait.";

  expect(SignalingError.parse(text)).toMatchObject({
    code: 'rate-limited',
    action: 'retry-later',
    retryAfterMs: 250,
    message: 'Too fast (really): wait.',
    helpLink: 'PROTOCOL.md#rate-limited',
  });
});

test.each([
  'Server returned an error on close: Connection closed with an error. HubException: room-full (retry-later): Full.',
  'Server returned an error on close: room-full (retry-later): Full.',
  'Server returned handshake error: room-full (retry-later): Full.',
])('the error of a connection that was refused is found in %j', (text) => {
  expect(toError(new Error(text))).toMatchObject({ code: 'room-full', action: 'retry-later' });
});

test('a code and an action from a newer hub are unknown', () => {
  expect(SignalingError.parse('HubException: lunar-eclipse (rejoin): Look up.')).toMatchObject({ code: 'unknown', action: 'rejoin' });
  expect(SignalingError.parse('HubException: internal (dance): Oops.')).toMatchObject({ code: 'internal', action: 'unknown' });
});

test.each(['', 'Connection closed with an error.', 'System.Exception: x (y): z'])('%j carries none', (text) => {
  expect(SignalingError.parse(text)).toBeUndefined();
});
