export type { JoinOptions, SignalingClientEvents, SignalingClientOptions } from './client-options.js';
export type { ConnectionState, StateChange } from './connection/state.js';
export type {
  CandidateType,
  ConnectionFailure,
  ConnectionOutcome,
  ConnectionReport,
  ErrorAction,
  ErrorCode,
  IceServerFailure,
  IceTransportPolicy,
  LeaveReason,
  PeerState,
  RegionInfo,
  RoomLimits,
  TransportProtocol,
} from './contracts.js';
export { SignalingError } from './errors.js';
export type { Handler } from './events.js';
export { PerfectNegotiator, type PerfectNegotiatorOptions } from './negotiation/perfect-negotiator.js';
export type { RegionOptions } from './regions/guide.js';
export type { RemotePeer, RemotePeerEvents } from './rooms/remote-peer.js';
export type { RegionChange } from './rooms/roaming.js';
export type { Room } from './rooms/room.js';
export type { RoomEvents } from './rooms/room-events.js';
export type { OpenSpan, TracedKind, Tracing } from './tracing/tracing.js';
export { SignalingClient } from './signaling-client.js';
