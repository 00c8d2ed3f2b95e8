/** What one end of a channel sends the other: a numbered signal (empty when the hub refused its content), or an acknowledgement alone. */
export interface Frame<Payload> {
  readonly seq?: number;
  readonly ack: number;
  readonly payload?: Payload;
}
