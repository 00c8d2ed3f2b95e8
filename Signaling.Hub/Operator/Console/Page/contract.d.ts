/** What the hub's streams carry. Times are ISO 8601 strings. */

export interface Overview {
  at: string;
  /** The region and the node that answer. */
  region: string;
  node: string;
  /** Those of all regions, each counted once. */
  rooms: number;
  regions: Region[];
  nodes: Node[];
  turn: TurnServer[];
}

export interface Region {
  name: string;
  url: string | null;
  isOwn: boolean;
  /** How this region reaches it; `null` for its own. */
  link: { up: boolean; delayMs: number | null; queued: number } | null;
  nodes: number;
  connections: number;
  peers: number;
  rooms: number;
}

export interface Node {
  id: string;
  region: string;
  startedAt: string;
  state: 'ready' | 'draining' | 'not-ready';
  problem: string | null;
  connections: number;
  peers: number;
  reconnecting: number;
  rooms: number;
  signalsPerSecond: number;
  redis: { up: boolean; roundTripMs: number | null } | null;
  memoryMb: number;
  /** How long ago it answered. */
  heardMs: number;
}

export interface TurnServer {
  region: string | null;
  url: string;
  well: boolean;
  problem: string | null;
  roundTripMs: number | null;
  since: string;
  weight: number;
  /** The region whose node has probed it. */
  seenFrom: string;
}

export interface History {
  stepSeconds: number;
  regions: { name: string; points: Point[] }[];
}

export interface Point {
  at: string;
  connections: number;
  peers: number;
  rooms: number;
  signalsPerSecond: number;
  relayMs: Quantiles | null;
  clientRttMs: Quantiles | null;
  iceSetUpMs: Quantiles | null;
  iceConnected: number;
  iceFailed: number;
  iceRelayed: number;
  abnormalEnds: number;
}

export interface Quantiles {
  p50: number;
  p95: number;
  p99: number;
}

export interface RoomList {
  text: string;
  /** How many match. */
  total: number;
  rooms: RoomRow[];
}

export interface RoomRow {
  id: string;
  peers: number;
  reconnecting: number;
  regions: string[];
  nodes: string[];
  relayOnly: boolean;
}

export interface RoomView {
  id: string;
  open: boolean;
  version: string | null;
  relayOnly: boolean;
  peers: Peer[];
  timeline: RoomEvent[];
}

export interface Peer {
  id: string;
  name: string | null;
  region: string;
  node: string;
  state: 'connected' | 'reconnecting' | 'unreachable';
  joinedAt: string | null;
  attributes: Record<string, unknown>;
}

export interface RoomEvent {
  at: string;
  kind: string;
  peer: string;
  to: string | null;
  detail: string | null;
  node: string;
  region: string;
}
