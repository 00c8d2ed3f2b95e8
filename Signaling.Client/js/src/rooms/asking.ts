import type { ConnectRoom } from '../connection/connect-url.js';
import type { JoinRequest, ResumeRequest } from '../contracts.js';
import type { Region } from '../regions/region.js';
import type { OpenSpan, Tracing } from '../tracing/tracing.js';
import type { Room } from './room.js';

/** How to ask for a room once more: for the peer that we are, where that is of use, or as a new one. Each time is a span, until the hub has welcomed us. */
export class Asking {
  readonly #room: Room;
  readonly #tracing: Tracing;
  readonly #origin: string | undefined;
  #span: OpenSpan | undefined;

  constructor(room: Room, tracing: Tracing) {
    this.#room = room;
    this.#tracing = tracing;
    this.#origin = tracing.current();
  }

  /** By invocation. */
  byInvocation(region: Region): JoinRequest {
    const { id, name, attributes } = this.#room;
    return {
      room: id,
      acks: true,
      resumable: true,
      ...(name !== undefined && { name }),
      ...(Object.keys(attributes).length > 0 && { attributes }),
      ...this.#begin(region),
    };
  }

  /** In the URL of a connection. */
  inUrl(region: Region): ConnectRoom {
    const { id, name } = this.#room;
    return { id, name, ...this.#begin(region) };
  }

  /** The hub has answered, or never will. */
  end(error?: unknown): void {
    this.#span?.end(error);
    this.#span = undefined;
  }

  #begin(region: Region): { resume?: ResumeRequest; rejoin?: true; traceparent?: string } {
    this.end(new Error('Asked once more.'));
    const resume = this.#room.resume.requestIn(region);
    this.#span = this.#tracing.ask(resume ? 'resume' : 'join', this.#room.wasEntered ? undefined : this.#origin);
    const { traceparent } = this.#span;
    return { ...(resume ? { resume } : this.#room.wasEntered && { rejoin: true as const }), ...(traceparent !== undefined && { traceparent }) };
  }
}
