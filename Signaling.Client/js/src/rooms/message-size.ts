import { SignalingError } from '../errors.js';

const encoder = new TextEncoder();

/** What SignalR's envelope and the fields that are added on the way (`seq`, `ack`, the ids) may take, in bytes. */
const envelope = 512;

/** The size of a value as JSON, in bytes. */
export function jsonBytes(value: unknown): number {
  return encoder.encode(JSON.stringify(value)).length;
}

/** Whether a signal with this content fits into a hub message. */
export function fits(content: object, messageBytes: number): boolean {
  return jsonBytes(content) + envelope <= messageBytes;
}

/** Refuses here what the hub would refuse anyway. */
export function assertFits(content: object, messageBytes: number): void {
  if (fits(content, messageBytes)) return;
  throw new SignalingError('message-too-large', `The signal does not fit into a message of ${messageBytes} bytes.`);
}
