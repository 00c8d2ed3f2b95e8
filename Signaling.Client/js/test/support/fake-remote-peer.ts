import { Emitter, type Handler } from '../../src/events.js';
import type { RemotePeer, RemotePeerEvents } from '../../src/rooms/remote-peer.js';
import { FakeRoom } from './fake-room.js';

type Sent = Partial<RemotePeerEvents>;

/** The peer at the other end of a wire that keeps the order, as a reliable channel does. */
export class FakeRemotePeer {
  readonly room: FakeRoom;
  readonly knownAt = Math.floor(performance.now());
  readonly sent: Sent[] = [];
  /** Where what is sent arrives. */
  other: FakeRemotePeer | undefined;
  fails: Error | undefined;
  readonly #events = new Emitter<RemotePeerEvents>((error) => {
    throw error;
  });
  readonly #step: () => Promise<unknown>;
  #wire: Promise<unknown> = Promise.resolve();

  constructor(
    readonly id: string,
    ourId: string,
    step: () => Promise<unknown> = () => Promise.resolve(),
  ) {
    this.room = new FakeRoom(ourId);
    this.#step = step;
  }

  /** A pair of ends: what one side sees of the other. */
  static pair(a: string, b: string, step?: () => Promise<unknown>): [FakeRemotePeer, FakeRemotePeer] {
    const ofA = new FakeRemotePeer(b, a, step);
    const ofB = new FakeRemotePeer(a, b, step);
    ofA.other = ofB;
    ofB.other = ofA;
    return [ofA, ofB];
  }

  get asPeer(): RemotePeer {
    return this as unknown as RemotePeer;
  }

  on<Type extends keyof RemotePeerEvents>(type: Type, handler: Handler<RemotePeerEvents[Type]>): () => void {
    return this.#events.on(type, handler);
  }

  arrive(signal: Sent): void {
    if (signal.description) this.#events.emit('description', signal.description);
    if (signal.candidates) this.#events.emit('candidates', signal.candidates);
  }

  sendOffer = (sdp: string) => this.#send({ description: { type: 'offer', sdp } });

  sendAnswer = (sdp: string) => this.#send({ description: { type: 'answer', sdp } });

  sendCandidates = (candidates: RTCIceCandidateInit[]) => this.#send({ candidates });

  async #send(signal: Sent): Promise<void> {
    if (this.fails) throw this.fails;
    this.sent.push(signal);
    this.#wire = this.#wire.then(this.#step).then(() => this.other?.arrive(signal));
  }
}
