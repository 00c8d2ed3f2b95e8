// Generated from Signaling.Contracts by `npm run generate`; do not edit.

import type { CandidateType, ConnectionFailure, ConnectionOutcome, ErrorAction, ErrorCode, IceTransportPolicy, LeaveReason, PeerState, SdpType, TransportProtocol } from './terms.js';

/** A change to the caller's own attributes. */
export interface AttributesUpdate {
  /** The room in which they change. */
  room: string;
  /** The attributes to set; a key with the value `null` is removed; keys not named stay as they are. */
  attributes: Record<string, string | null>;
}

/**
 * How the peer connection with one other peer came about, as its own end saw it. Sent once its outcome is known, and again when
 * that changes. Times are in milliseconds since this end knew of the other peer: its own join, or the other's.
 */
export interface ConnectionReport {
  /** The room. */
  room: string;
  /** The other end. */
  peerId: string;
  /** What came of it. */
  outcome: ConnectionOutcome;
  /** Why it failed; absent when it did not. */
  failure?: ConnectionFailure;
  /** When the first offer, either side's, was applied here. */
  offerMs?: number;
  /** When its answer was applied here. */
  answerMs?: number;
  /** When the first candidate was gathered here. */
  firstCandidateMs?: number;
  /** When media could flow: ICE and DTLS were connected. */
  connectedMs?: number;
  /** From the first description applied here to ICE being connected: the ICE set-up time. */
  iceSetupMs?: number;
  /** How often ICE was restarted so far. */
  restarts: number;
  /** The last `RTCIceTransportState`. */
  iceState?: string;
  /** The last `RTCDtlsTransportState`. */
  dtlsState?: string;
  /** Type of the selected pair's own candidate. */
  localCandidate?: CandidateType;
  /** Type of the selected pair's other candidate. */
  remoteCandidate?: CandidateType;
  /** What the selected pair runs over. */
  protocol?: TransportProtocol;
  /** What this end speaks with its TURN server, when its own candidate is relayed. */
  relayProtocol?: TransportProtocol;
  /** STUN and TURN servers that have failed for this end; at most 8. */
  serverFailures?: IceServerFailure[];
}

/** The node is about to stop. Connect again, resume there, and close this connection afterwards. */
export interface GoingAway {
  /** When this connection will be closed, in milliseconds from now. */
  deadlineMs: number;
  /** Wait a random time of up to this many milliseconds first, so that not everybody moves at once. */
  spreadMs: number;
}

/** One ICE candidate (RFC 8838), in the form of `RTCIceCandidateInit`. */
export interface IceCandidate {
  /** The candidate line without `a=`; empty for end-of-candidates of its generation. */
  candidate: string;
  /** The media section's identification tag. */
  sdpMid?: string;
  /** The media section's index, from 0. */
  sdpMLineIndex?: number;
  /** The ufrag of the generation that the candidate belongs to; tells candidates of a past negotiation apart. */
  usernameFragment?: string;
}

/** One entry of `RTCConfiguration.iceServers` (W3C WebRTC §4.2.4). */
export interface IceServer {
  /** URLs as in RFC 7064 (stun, stuns) and RFC 7065 (turn, turns). */
  urls: string[];
  /** The TURN user name. */
  username?: string;
  /** The TURN password. */
  credential?: string;
}

/** A STUN or TURN server that has failed for a client (`RTCPeerConnectionIceErrorEvent`). */
export interface IceServerFailure {
  /** The server's URL as the client was given it. */
  url: string;
  /** The STUN error code (RFC 8489 §14.8), or 701 when the server could not be reached. */
  errorCode: number;
}

/** STUN and TURN servers for one peer. */
export interface IceServerList {
  /** In the form of `RTCConfiguration.iceServers`. May be empty. */
  servers: IceServer[];
  /** Seconds until the credentials in it expire; absent when none does. */
  expiresInSeconds?: number;
}

/** Asks to join a room as a new peer, or to resume one. */
export interface JoinRequest {
  /** The room's id, `[A-Za-z0-9_-]{1,64}`. */
  room: string;
  /** The display name, at most 64 UTF-16 code units without control characters. */
  name?: string;
  /** First attributes. Keys are ids, values at most 256 UTF-16 code units; at most 16. */
  attributes?: Record<string, string>;
  /** Whether this client acknowledges signals (PROTOCOL.md, "The reliable channel"). */
  acks?: boolean;
  /**
   * Whether this client resumes its peer after a lost connection. The peer then stays in the room, `reconnecting`, for
   * `ResumeGrant.windowMs`; otherwise it leaves with its connection.
   */
  resumable?: boolean;
  /** The peer to resume. Name, attributes and `JoinRequest.acks` are then those that the peer has, whatever stands here. */
  resume?: ResumeRequest;
  /** Whether the client was in this room before, and joins as a new peer since it cannot resume that one. For statistics alone. */
  rejoin?: boolean;
}

/** One participant of a room, as the others see it. */
export interface PeerInfo {
  /** Public id, minted by the hub at each join; unique for all time. */
  id: string;
  /** The `sub` of the peer's token, verified by the hub; absent for a guest. */
  user?: string;
  /** The display name; unverified. */
  name?: string;
  /** Small state that the peer shows to the others: muted, hand raised. Absent when empty. */
  attributes?: Record<string, string>;
  /** Whether the peer acknowledges signals. Send sequence numbers only to a peer that does. */
  acks?: boolean;
  /** Whether the peer can be reached; absent when it is `connected`. */
  state?: PeerState;
}

/** A peer has joined. */
export interface PeerJoined {
  /** The room's id. */
  room: string;
  /** The roster's version after this change. */
  version: number;
  /** The new peer. */
  peer: PeerInfo;
}

/** A peer has left. */
export interface PeerLeft {
  /** The room's id. */
  room: string;
  /** The roster's version after this change. */
  version: number;
  /** Who left. */
  peerId: string;
  /** Why. */
  reason: LeaveReason;
}

/** A peer can be reached again, or cannot for now. */
export interface PeerStateChanged {
  /** The room's id. */
  room: string;
  /** The roster's version after this change. */
  version: number;
  /** Whose state. */
  peerId: string;
  /** Its state now. */
  state: PeerState;
}

/** A peer's attributes have changed. */
export interface PeerUpdated {
  /** The room's id. */
  room: string;
  /** The roster's version after this change. */
  version: number;
  /** Whose attributes. */
  peerId: string;
  /** All of the peer's attributes, not only those that changed. */
  attributes: Record<string, string>;
}

/** A client's ping. */
export interface Ping {
  /** The round-trip time that the client measured with its previous ping, in milliseconds. */
  roundTripMs?: number;
  /** How many signals the client has sent again since its previous ping; at most `max-count-per-ping`. For statistics alone. */
  retransmitted?: number;
  /**
   * How many signals that had arrived before the client has dropped since its previous ping; at most `max-count-per-ping`. For
   * statistics alone.
   */
  duplicates?: number;
}

/** The answer to a `Ping`. */
export interface Pong {
  /** Roster version of each room that the connection is in. One that is ahead of the client's tells of a lost delta. */
  rosterVersions: Record<string, number>;
}

/** One region. */
export interface RegionInfo {
  /** Its name, `[A-Za-z0-9_-]{1,64}`. */
  name: string;
  /** The base URL under which clients reach its hubs, such as `https://seoul.example.com`. */
  url: string;
}

/** The regions of the service, as `GET /regions` of every hub tells them. */
export interface RegionList {
  /** The region of the hub that was asked. */
  current: string;
  /** All regions, that one included. */
  regions: RegionInfo[];
}

/** This connection is no longer the peer of a room. */
export interface Removed {
  /** The room's id. */
  room: string;
  /** The peer that it was. */
  peerId: string;
  /** Why: `replaced`, `resume-expired` or `room-full`. */
  code: ErrorCode;
  /** What to do about it. */
  action: ErrorAction;
}

/** The right to resume a peer once, on any node of the region. */
export interface ResumeGrant {
  /** A secret, bound to the user. Good for one resume; the next `Welcome` brings the next. */
  token: string;
  /** How long after the loss of the connection the peer can be resumed, in milliseconds. */
  windowMs: number;
}

/** Names the peer to resume, and proves that it is the caller's. */
export interface ResumeRequest {
  /** The peer's id. */
  peerId: string;
  /** The token of the peer's last `Welcome`. */
  token: string;
}

/** Limits that a deployment may tune. */
export interface RoomLimits {
  /** Most peers in the room. */
  capacity: number;
  /** Largest hub message in bytes of JSON. */
  messageBytes: number;
  /** Invocations per second that a connection may sustain; short bursts may be larger. */
  invocationsPerSecond: number;
}

/** Names a room that the caller is in. */
export interface RoomRequest {
  /** The room's id. */
  room: string;
}

/** The peers of a room at one version. */
export interface Roster {
  /** The room's id. */
  room: string;
  /**
   * Grows by one with each `PeerJoined`, `PeerLeft`, `PeerUpdated` and `PeerStateChanged`. A client that sees a gap reads the roster
   * again. Comparable only within one connection.
   */
  version: number;
  /** Everyone in the room, the receiver too, in the order in which they joined. */
  peers: PeerInfo[];
}

/** A session description (RFC 8829 §4.1.8), in the form of `RTCSessionDescriptionInit`. */
export interface SessionDescription {
  /** What it is. */
  type: SdpType;
  /** The SDP; absent or empty only for a rollback. */
  sdp?: string;
}

/**
 * What one peer sends another. It carries at most one of `Signal.description`, `Signal.candidates` and `Signal.data`; none makes
 * it a bare acknowledgement.
 */
export interface Signal {
  /** The room that sender and receiver share. */
  room: string;
  /** The sender's peer id. Stamped by the hub; what a client writes here is ignored. */
  from?: string;
  /** The receiver's peer id. Absent only for app data to the whole room. */
  to?: string;
  /** An offer, an answer or a rollback. */
  description?: SessionDescription;
  /** ICE candidates, 1 to 64, in the order in which they were gathered. */
  candidates?: IceCandidate[];
  /** App data: any JSON value but `null`. */
  data?: unknown;
  /** Position in the sender's stream to this receiver, from 1; absent for at-most-once delivery. */
  seq?: number;
  /** For app data to the whole room: the `Signal.seq` of each receiver's copy, by peer id. Read by the hub, never delivered. */
  seqs?: Record<string, number>;
  /** The highest `Signal.seq` up to which the sender has received everything from this receiver. */
  ack?: number;
  /** W3C Trace Context of the send, so that one trace spans both peers. */
  traceparent?: string;
}

/** Tells a client that it is now a peer of a room, with all it needs to start calling. */
export interface Welcome {
  /** The room's id. */
  room: string;
  /** The receiver's own peer id in this room. Another room, or a later join, gives another id. */
  peerId: string;
  /** Who is in the room, the receiver included. */
  roster: Roster;
  /** STUN and TURN servers for this peer. */
  ice: IceServerList;
  /** Which candidates the room lets its peers use; absent for `all`. */
  iceTransportPolicy?: IceTransportPolicy;
  /** What this deployment allows. */
  limits: RoomLimits;
  /** The region that holds the connection. */
  region: string;
  /** Whether this is the peer that the client asked to resume, with the id, the attributes and the channels that it had. */
  resumed?: boolean;
  /** What the client needs to resume this peer; only for a client that said it is `JoinRequest.resumable`. */
  resume?: ResumeGrant;
  /** The protocol version that the hub speaks (`ProtocolVersion`). */
  protocolVersion: number;
}

/**
 * What a client may ask of the hub. Method names are the names on the wire. Every method fails with an error in the format of
 * `SignalingError`; PROTOCOL.md lists which `ErrorCode` each can return and what to do about it.
 */
export interface ISignalingHub {
  /** Joins a room as a new peer, or resumes one. The `ISignalingClient.Welcome` with the roster is pushed before this completes. */
  Join(request: JoinRequest): Promise<void>;
  /** Leaves a room. The others see `left`. */
  Leave(request: RoomRequest): Promise<void>;
  /**
   * Sends a signal to one peer of the room, or app data to all of them. Completes once the hub has handed it on; that the receiver
   * has it is what `Signal.ack` tells.
   */
  Send(signal: Signal): Promise<void>;
  /** Changes the caller's own attributes in a room. Everyone in it, the caller too, gets `ISignalingClient.PeerUpdated`. */
  SetAttributes(update: AttributesUpdate): Promise<void>;
  /** Reads the roster again, after a gap in its versions. */
  GetRoster(request: RoomRequest): Promise<Roster>;
  /** Fetches fresh STUN and TURN servers. */
  GetIceServers(request: RoomRequest): Promise<IceServerList>;
  /** Tells how a peer connection came about. */
  ReportConnection(report: ConnectionReport): Promise<void>;
  /** Measures the round trip and tells the roster version of every room the connection is in. */
  Ping(ping: Ping): Promise<Pong>;
}

/** What the hub tells a client. Method names are the names on the wire. */
export interface ISignalingClient {
  /** The connection is now a peer of a room. Always the first message about that room. */
  Welcome(welcome: Welcome): Promise<void>;
  /** Another peer has joined and can be reached. */
  PeerJoined(joined: PeerJoined): Promise<void>;
  /** Another peer has left. Its id never comes back. */
  PeerLeft(left: PeerLeft): Promise<void>;
  /** A peer's attributes have changed; the receiver's own included. */
  PeerUpdated(updated: PeerUpdated): Promise<void>;
  /** A peer cannot be reached for now, or can be again. */
  PeerStateChanged(changed: PeerStateChanged): Promise<void>;
  /** A signal from another peer of the room. */
  Signal(signal: Signal): Promise<void>;
  /** The connection is no longer the peer of a room. */
  Removed(removed: Removed): Promise<void>;
  /** The node is about to stop. */
  GoingAway(goingAway: GoingAway): Promise<void>;
}
