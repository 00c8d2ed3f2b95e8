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
  /** The number of the try to resume (`ResumeRequest.attempt`). Optional. */
  resumeAttempt: 'attempt',
  /** W3C Trace Context of the join (`JoinRequest.traceParent`). Optional. */
  traceParent: 'traceparent',
  /** The protocol version the client speaks (`ProtocolVersion`). Optional; 1 when absent. */
  version: 'v',
  /** The bearer token, for clients that cannot set an `Authorization` header (browsers). */
  accessToken: 'access_token',
} as const;

/** The values of {@link CandidateType} that this build knows. */
export const candidateTypes = [
  /** A type that this build does not know. */
  'unknown',
  /** An address of the host itself. */
  'host',
  /** Server-reflexive: learnt from a STUN server. */
  'srflx',
  /** Peer-reflexive: learnt from the other end's checks. */
  'prflx',
  /** On a TURN server. */
  'relay',
] as const;

/** Type of an ICE candidate (RFC 8445 §5.1.1). */
export type CandidateType = (typeof candidateTypes)[number];

/** The values of {@link ConnectionFailure} that this build knows. */
export const connectionFailures = [
  /** A reason that this build does not know. */
  'unknown',
  /** The other end sent no answer. */
  'no-answer',
  /** No candidate was gathered. */
  'no-candidates',
  /** No candidate pair worked. */
  'ice',
  /** ICE was connected, the DTLS handshake failed. */
  'dtls',
  /** It was connected, then lost, and ICE restarts did not help. */
  'lost',
] as const;

/** Why a peer connection failed. */
export type ConnectionFailure = (typeof connectionFailures)[number];

/** The values of {@link ConnectionOutcome} that this build knows. */
export const connectionOutcomes = [
  /** An outcome that this build does not know. */
  'unknown',
  /** It is connected. */
  'connected',
  /** It never connected, or was lost and did not come back. */
  'failed',
  /** It was closed, or the other peer left, before it was connected. */
  'abandoned',
] as const;

/** What came of a peer connection. */
export type ConnectionOutcome = (typeof connectionOutcomes)[number];

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
  /** The room is relay-only (`relay`), and the signal names a candidate that is not relayed. */
  'relay-only',
  /** The connection report has a value out of its bounds. */
  'invalid-report',
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

/** The values of {@link IceTransportPolicy} that this build knows. */
export const iceTransportPolicys = [
  /** All. */
  'all',
  /** Relayed ones only, so that no peer learns another's address. The hub refuses others with `relay-only`. */
  'relay',
] as const;

/** Which ICE candidates a room lets its peers use; `RTCConfiguration.iceTransportPolicy` (W3C WebRTC §4.2.5). */
export type IceTransportPolicy = (typeof iceTransportPolicys)[number];

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
  /** Its region could not be reached for so long that it was given up. */
  'region-lost',
  /** Two regions had let in more peers at once than the room holds, and it was the last of them. */
  'room-full',
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
  /** It is in a region that cannot be reached now. It comes back as the same peer, or leaves when its region is given up. */
  'unreachable',
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

/** The values of {@link TransportProtocol} that this build knows. */
export const transportProtocols = [
  /** A transport that this build does not know. */
  'unknown',
  /** UDP. */
  'udp',
  /** TCP. */
  'tcp',
  /** TLS over TCP. */
  'tls',
] as const;

/** A transport. */
export type TransportProtocol = (typeof transportProtocols)[number];

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
  'relay-only': 'give-up',
  'invalid-report': 'give-up',
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
