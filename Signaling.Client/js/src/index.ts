export type { ConnectionState, StateChange } from './connection/state.js';
export type { ErrorAction, ErrorCode, LeaveReason, PeerState, RoomLimits } from './contracts.js';
export { SignalingError } from './errors.js';
export type { Handler } from './events.js';
export { PerfectNegotiator, type PerfectNegotiatorOptions } from './negotiation/perfect-negotiator.js';
export type { RemotePeer, RemotePeerEvents } from './rooms/remote-peer.js';
export type { Room, RoomEvents } from './rooms/room.js';
export { type JoinOptions, SignalingClient, type SignalingClientEvents, type SignalingClientOptions } from './signaling-client.js';
