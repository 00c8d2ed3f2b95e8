// Generated from Signaling.Contracts by `npm run generate`; do not edit.

/**
 * Versions of the protocol, each with what it changed. Within a version only optional fields, methods and enum values are added;
 * both sides ignore what they do not know.
 */
export const protocolVersions = {
  /** Version 1: rooms, rosters, signals, attributes, ICE servers, ping, resume, going away. */
  v1: 1,
  /** The version that this build speaks. */
  current: 1,
} as const;

/** Bounds that are part of the protocol. What a deployment may tune is in `RoomLimits`. */
export const signalingLimits = {
  /** Largest hub message, in bytes of its JSON text: 64 KiB. */
  maxMessageBytes: 65536,
  /** Longest id (room, peer, user, attribute key), in characters. Ids match `[A-Za-z0-9_-]{1,64}`. */
  maxIdLength: 64,
  /** Longest display name, in UTF-16 code units. Control characters are not allowed. */
  maxNameLength: 64,
  /** Most attributes a peer may have in a room. */
  maxAttributes: 16,
  /** Longest attribute value, in UTF-16 code units. */
  maxAttributeValueLength: 256,
  /** Most candidates in one signal. */
  maxCandidates: 64,
  /** Longest candidate line, in characters. */
  maxCandidateLength: 1024,
  /** Most rooms one connection may be in. */
  maxRoomsPerConnection: 8,
} as const;

/** Names of the query parameters in the connection's URL. */
export const connectQuery = {
  /** The room to join during the connect. Optional. */
  room: 'room',
  /** The display name for that room. Optional. */
  name: 'name',
  /** `1` when the client acknowledges signals (`PeerInfo.acks`). Optional. */
  acks: 'acks',
  /** `1` when the client resumes its peers after a lost connection (`JoinRequest.resumable`). Optional. */
  resumable: 'resumable',
  /** With `resume-token`: the peer to resume in that room instead of joining as a new one. Optional. */
  resumePeer: 'peer',
  /** The token of the peer's last `Welcome`. Optional. */
  resumeToken: 'resume',
  /** The protocol version the client speaks (`ProtocolVersion`). Optional; 1 when absent. */
  version: 'v',
  /** The bearer token, for clients that cannot set an `Authorization` header (browsers). */
  accessToken: 'access_token',
} as const;

/** The values of {@link ErrorAction} that this build knows. */
export const errorActions = [
  /** An action that this build does not know; treat it as `give-up`. */
  'unknown',
  /** Try the same again at once, then with backoff. */
  'retry',
  /** Try the same again after `SignalingError.retryAfter`, or after a backoff when there is none. */
  'retry-later',
  /** Join the room again as a new peer. */
  'rejoin',
  /** Do not repeat it: the request, or the right to make it, has to change first. */
  'give-up',
] as const;

/** What a client should do about an error. */
export type ErrorAction = (typeof errorActions)[number];

/** The values of {@link ErrorCode} that this build knows. */
export const errorCodes = [
  /** A code that this build does not know; its action still holds. */
  'unknown',
  /** The hub failed; nothing is wrong with the request. */
  'internal',
  /** The hub cannot serve this now. */
  'unavailable',
  /** The token is missing, malformed or not signed by a known key. */
  'unauthorized',
  /** The token has expired. */
  'token-expired',
  /** The token does not allow this room or act; also the answer for a room that does not exist. */
  'not-allowed',
  /** The client's protocol version is not spoken here. */
  'unsupported-version',
  /** Not a message of the SignalR JSON protocol. */
  'malformed-message',
  /** The message is larger than 64 KiB. */
  'message-too-large',
  /** The hub has no such method. */
  'unknown-method',
  /** The arguments have the wrong number or JSON types, or a required field is missing. */
  'invalid-argument',
  /** The room id is not `[A-Za-z0-9_-]{1,64}`. */
  'invalid-room',
  /** The display name is too long or has control characters. */
  'invalid-name',
  /** Too many attributes, or a bad key or value. */
  'invalid-attributes',
  /** The signal breaks a rule of shape. */
  'invalid-signal',
  /** The room has reached its capacity. */
  'room-full',
  /** The connection is in this room already. */
  'already-joined',
  /** The connection is in as many rooms as it may be. */
  'too-many-rooms',
  /** The caller is not in the room it named. */
  'not-in-room',
  /** The receiver is not in the room: it never was, or it has left. */
  'peer-not-in-room',
  /** The receiver is in the room, but cannot be reached for now. */
  'peer-unreachable',
  /** More invocations than the connection may make. */
  'rate-limited',
  /** The peer cannot be resumed: its time is over, it has left, or the token is not its last one. */
  'resume-expired',
  /** A newer connection has resumed this peer. */
  'replaced',
  /** The node is about to stop. */
  'going-away',
] as const;

/** Stable error codes; on the wire in kebab-case. Each has a paragraph in PROTOCOL.md, "Errors". */
export type ErrorCode = (typeof errorCodes)[number];

/** The values of {@link LeaveReason} that this build knows. */
export const leaveReasons = [
  /** A reason that this build does not know. */
  'unknown',
  /** It said so. */
  'left',
  /** Its connection ended without a word, and it did not resume in time. */
  'disconnected',
  /** The node that held its connection was lost, and it did not resume in time. */
  'node-lost',
] as const;

/** Why a peer left. */
export type LeaveReason = (typeof leaveReasons)[number];

/** The values of {@link PeerState} that this build knows. */
export const peerStates = [
  /** A state that this build does not know. */
  'unknown',
  /** It has a connection. */
  'connected',
  /** Its connection is lost. It comes back as the same peer, or leaves when its time is over. */
  'reconnecting',
] as const;

/** Whether a peer can be reached now. Signals to one that cannot fail with `peer-unreachable`. */
export type PeerState = (typeof peerStates)[number];

/** The values of {@link SdpType} that this build knows. */
export const sdpTypes = [
  /** A type that this build does not know. */
  'unknown',
  /** An offer. */
  'offer',
  /** The final answer to an offer. */
  'answer',
  /** Takes an offer back. */
  'rollback',
] as const;

/** Type of a session description (RFC 8829 §4.1.8). */
export type SdpType = (typeof sdpTypes)[number];

/** The action that each code stands for. */
export const actionOf: Readonly<Record<ErrorCode, ErrorAction>> = {
  'unknown': 'give-up',
  'internal': 'retry',
  'unavailable': 'retry-later',
  'unauthorized': 'give-up',
  'token-expired': 'retry',
  'not-allowed': 'give-up',
  'unsupported-version': 'give-up',
  'malformed-message': 'give-up',
  'message-too-large': 'give-up',
  'unknown-method': 'give-up',
  'invalid-argument': 'give-up',
  'invalid-room': 'give-up',
  'invalid-name': 'give-up',
  'invalid-attributes': 'give-up',
  'invalid-signal': 'give-up',
  'room-full': 'retry-later',
  'already-joined': 'give-up',
  'too-many-rooms': 'give-up',
  'not-in-room': 'rejoin',
  'peer-not-in-room': 'give-up',
  'peer-unreachable': 'retry-later',
  'rate-limited': 'retry-later',
  'resume-expired': 'rejoin',
  'replaced': 'give-up',
  'going-away': 'retry',
};

/** A change to the caller's own attributes. */
export interface AttributesUpdate {
  /** The room in which they change. */
  room: string;
  /** The attributes to set; a key with the value `null` is removed; keys not named stay as they are. */
  attributes: Record<string, string | null>;
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
}

/** The answer to a `Ping`. */
export interface Pong {
  /** Roster version of each room that the connection is in. One that is ahead of the client's tells of a lost delta. */
  rosterVersions: Record<string, number>;
}

/** This connection is no longer the peer of a room. */
export interface Removed {
  /** The room's id. */
  room: string;
  /** The peer that it was. */
  peerId: string;
  /** Why: `replaced` or `resume-expired`. */
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
