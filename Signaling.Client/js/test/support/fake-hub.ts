import type { IHttpConnectionOptions } from '@microsoft/signalr';
import type { JoinRequest, PeerInfo, PeerState, RegionInfo, ResumeRequest, Signal, Welcome } from '../../src/contracts.js';
import type { SignalingClientOptions } from '../../src/client-options.js';
import { SignalingClient } from '../../src/signaling-client.js';
import { FakeSocket, type SocketServer } from './fake-socket.js';

interface Member {
  readonly info: PeerInfo;
  readonly socket: FakeSocket;
  /** The token of its last welcome. */
  readonly token?: string | undefined;
  /** Ends when it has not resumed in time. */
  readonly window?: ReturnType<typeof setTimeout>;
}

/** How long a peer can be resumed, in milliseconds. */
export const resumeWindow = 30_000;

interface FakeRoom {
  version: number;
  readonly members: Map<string, Member>;
}

/** One invocation as it came in. */
export interface Invocation {
  readonly target: string;
  // Tests look into arguments of every method.
  readonly argument: any;
  readonly socket: FakeSocket;
  /** What an answer names; absent when none is asked for. */
  readonly invocationId?: string | undefined;
}

/** A hub of PROTOCOL.md in a few lines, in memory, with hooks for what goes wrong. */
export class FakeHub implements SocketServer {
  readonly region: string;
  readonly sockets: FakeSocket[] = [];
  readonly invocations: Invocation[] = [];
  readonly rooms = new Map<string, FakeRoom>();
  /** Whether the next sockets open at all. */
  reachable = true;
  /** Closes a connection right behind the handshake with this text. */
  refusal: ((url: URL) => string | undefined) | undefined;
  /** Fails an invocation with this text, or leaves it without an answer. */
  answer: ((invocation: Invocation) => string | 'silence' | undefined) | undefined;
  /** Whether a signal is lost on its way, though the hub accepted it. */
  loses: (signal: Signal) => boolean = () => false;
  /** Whether clients can resume here; an older hub leaves that out. */
  resumes = true;
  /** Whether the sockets' peers stay in the roster when the socket is gone, as they do until the hub notices. */
  lingering = false;
  #ids = 0;
  #tokens = 0;

  constructor(region = 'test') {
    this.region = region;
  }

  /** @param hubAt the hub at the other end of a socket */
  static clientOf(hubAt: (url: string) => FakeHub, at: string | RegionInfo[], options: SignalingClientOptions): SignalingClient {
    const WebSocket = class extends FakeSocket {
      constructor(url: string, _: unknown, { headers }: { headers: Record<string, string> }) {
        super(hubAt(url), url, headers);
      }
    };
    return new SignalingClient(at, { http: { WebSocket } as IHttpConnectionOptions, logger: 6, ...options });
  }

  client(options: SignalingClientOptions = {}): SignalingClient {
    return FakeHub.clientOf(() => this, 'http://hub/signaling', options);
  }

  sent(target: string): Invocation['argument'][] {
    return this.invocations.filter((invocation) => invocation.target === target).map(({ argument }) => argument);
  }

  /** Puts a peer into a room that only the test speaks for; returns how it leaves. */
  addPeer(room: string, info: PeerInfo, announce = true): () => void {
    const { members } = this.#room(room);
    const nowhere = { push: () => {} } as unknown as FakeSocket;
    members.set(info.id, { info, socket: nowhere });
    if (announce) this.#announce(room, 'PeerJoined', { peer: info });
    return () => this.#leave(room, info.id, 'left');
  }

  /** Sends a client what no hook makes it send. */
  push(target: string, argument: object, socket = this.sockets.at(-1)!): void {
    socket.push({ type: 1, target, arguments: [argument] });
  }

  /** Says that a peer that only the test speaks for has lost its connection, or has it back. */
  become(room: string, peerId: string, state: PeerState): void {
    const { members } = this.#room(room);
    const member = members.get(peerId)!;
    const { state: _, ...info } = member.info;
    members.set(peerId, { ...member, info: state === 'connected' ? info : { ...info, state } });
    this.#announce(room, 'PeerStateChanged', { peerId, state }, peerId);
  }

  /** The time of a peer that is reconnecting is over. */
  expire(room: string, peerId: string): void {
    clearTimeout(this.#room(room).members.get(peerId)?.window);
    this.#leave(room, peerId, 'disconnected');
  }

  /** Answers what was left without an answer. */
  complete({ socket, invocationId }: Invocation, result: unknown = null): void {
    socket.push({ type: 3, invocationId, result });
  }

  opened(socket: FakeSocket): void {
    this.sockets.push(socket);
    if (this.reachable) socket.accept();
    else socket.drop();
  }

  received(socket: FakeSocket, message: Record<string, unknown>): void {
    if ('protocol' in message) return this.#shakeHands(socket);
    if (message['type'] !== 1) return;
    const { target, arguments: [argument], invocationId } = message as { target: string; arguments: [never]; invocationId?: string };
    const invocation = { target, argument, socket, invocationId };
    this.invocations.push(invocation);
    let error = this.answer?.(invocation);
    if (error === 'silence') return;
    let result: unknown;
    if (error === undefined && target === 'Join') error = this.#join(socket, argument);
    else if (error === undefined && target === 'Send') error = this.#relay(socket, argument);
    else if (error === undefined) result = this.#invoke(invocation);
    if (invocationId === undefined) return;
    const text = error && `An unexpected error occurred invoking '${target}' on the server. HubException: ${error}`;
    socket.push({ type: 3, invocationId, ...(text ? { error: text } : { result }) });
  }

  closed(socket: FakeSocket): void {
    if (this.lingering) return;
    for (const { room, id } of this.#memberships(socket)) this.#lose(room, id);
  }

  #shakeHands(socket: FakeSocket): void {
    socket.push({});
    const url = new URL(socket.url);
    const refusal = this.refusal?.(url);
    if (refusal) return socket.push({ type: 7, error: `Connection closed with an error. HubException: ${refusal}` });
    const { room, name, acks, resumable, peer, resume } = Object.fromEntries(url.searchParams);
    if (!room) return;
    const request = { room, ...(name && { name }), acks: acks === '1', resumable: resumable === '1' };
    const error = this.#join(socket, { ...request, ...(peer && resume && { resume: { peerId: peer, token: resume } }) });
    if (error) socket.push({ type: 7, error: `Connection closed with an error. HubException: ${error}` });
  }

  #invoke({ target, argument, socket }: Invocation): unknown {
    switch (target) {
      case 'Leave':
        return this.#memberships(socket, argument.room).forEach(({ room, id }) => this.#leave(room, id, 'left'));
      case 'SetAttributes':
        return this.#update(socket, argument);
      case 'GetRoster':
        return this.#roster(argument.room);
      case 'GetIceServers':
        return { servers: [{ urls: ['stun:fresh'] }] };
      case 'Ping':
        return { rosterVersions: Object.fromEntries(this.#memberships(socket).map(({ room }) => [room, this.#room(room).version])) };
      default:
        throw new Error(`No method ${target}.`);
    }
  }

  #join(socket: FakeSocket, { room, name, attributes, acks = false, resumable = false, resume }: JoinRequest): string | undefined {
    if (resume && this.resumes) return this.#resume(socket, room, resume);
    const id = `p${++this.#ids}`;
    const info = { id, ...(name && { name }), ...(attributes && { attributes }), acks };
    const token = resumable && this.resumes ? `t${++this.#tokens}` : undefined;
    this.#room(room).members.set(id, { info, socket, token });
    this.#announce(room, 'PeerJoined', { peer: info }, id);
    this.#welcome(room, id, false);
    return undefined;
  }

  #resume(socket: FakeSocket, room: string, { peerId, token }: ResumeRequest): string | undefined {
    const { members } = this.#room(room);
    const member = members.get(peerId);
    if (!member || member.token !== token) return 'resume-expired (rejoin): The peer cannot be resumed.';
    clearTimeout(member.window);
    const { state, ...info } = member.info;
    members.set(peerId, { info, socket, token: `t${++this.#tokens}` });
    if (state) this.#announce(room, 'PeerStateChanged', { peerId, state: 'connected' }, peerId);
    else this.push('Removed', { room, peerId, code: 'replaced', action: 'give-up' }, member.socket);
    this.#welcome(room, peerId, true);
    return undefined;
  }

  #welcome(room: string, id: string, resumed: boolean): void {
    const { socket, token } = this.#room(room).members.get(id)!;
    const limits = { capacity: 50, messageBytes: 65_536, invocationsPerSecond: 100 };
    const ice = { servers: [{ urls: ['stun:first'] }] };
    const resume = token && { token, windowMs: resumeWindow };
    const welcome: Welcome = {
      ...{ room, peerId: id, roster: this.#roster(room), ice, limits, region: this.region, protocolVersion: 1 },
      ...(resumed && { resumed }),
      ...(resume && { resume }),
    };
    this.push('Welcome', welcome, socket);
  }

  #relay(socket: FakeSocket, { seqs, ...signal }: Signal): string | undefined {
    const from = this.#memberships(socket, signal.room)[0]?.id;
    if (from === undefined) return 'not-in-room (rejoin): You are not in it.';
    const receiver = this.#room(signal.room).members.get(signal.to ?? '');
    if (receiver?.info.state) return 'peer-unreachable (retry-later): It is reconnecting.';
    for (const [id, member] of this.#room(signal.room).members) {
      if (id === from || (signal.to !== undefined && signal.to !== id)) continue;
      const seq = signal.seq ?? seqs?.[id];
      const delivered = { ...signal, from, ...(seq !== undefined && { seq }) };
      if (!this.loses(delivered)) this.push('Signal', delivered, member.socket);
    }

    return undefined;
  }

  #update(socket: FakeSocket, { room, attributes }: { room: string; attributes: Record<string, string | null> }): void {
    const { id } = this.#memberships(socket, room)[0]!;
    const member = this.#room(room).members.get(id)!;
    const merged = Object.entries({ ...member.info.attributes, ...attributes }).filter(([, value]) => value !== null);
    const all = Object.fromEntries(merged) as Record<string, string>;
    this.#room(room).members.set(id, { ...member, info: { ...member.info, attributes: all } });
    this.#announce(room, 'PeerUpdated', { peerId: id, attributes: all });
  }

  #lose(room: string, id: string): void {
    const { members } = this.#room(room);
    const member = members.get(id)!;
    if (member.token === undefined) return this.#leave(room, id, 'disconnected');
    const window = setTimeout(() => this.#leave(room, id, 'disconnected'), resumeWindow);
    members.set(id, { ...member, info: { ...member.info, state: 'reconnecting' }, window });
    this.#announce(room, 'PeerStateChanged', { peerId: id, state: 'reconnecting' }, id);
  }

  #leave(room: string, id: string, reason: string): void {
    this.#room(room).members.delete(id);
    this.#announce(room, 'PeerLeft', { peerId: id, reason });
  }

  #announce(room: string, target: string, change: object, except?: string): void {
    const version = ++this.#room(room).version;
    for (const [id, { socket }] of this.#room(room).members) if (id !== except) this.push(target, { room, version, ...change }, socket);
  }

  #memberships(socket: FakeSocket, only?: string): { room: string; id: string }[] {
    return [...this.rooms].flatMap(([room, { members }]) =>
      [...members].filter(([, member]) => member.socket === socket && (only ?? room) === room).map(([id]) => ({ room, id })),
    );
  }

  #roster(room: string): Welcome['roster'] {
    const { version, members } = this.#room(room);
    return { room, version, peers: [...members.values()].map(({ info }) => info) };
  }

  #room(id: string): FakeRoom {
    let room = this.rooms.get(id);
    if (!room) this.rooms.set(id, (room = { version: 0, members: new Map() }));
    return room;
  }
}
