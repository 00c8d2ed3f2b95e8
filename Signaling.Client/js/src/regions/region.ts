import type { RegionInfo } from '../contracts.js';

/** A region as this client reaches it. */
export interface Region {
  /** As it is listed; absent for a URL of which nothing else is known. */
  readonly name?: string;

  /** The hub's address. */
  readonly hub: string;
}

export function regionOf({ name, url }: RegionInfo): Region {
  return { name, hub: `${url.replace(/\/+$/, '')}/signaling` };
}

/** For the app, with the name that the hub itself gave. */
export function infoOf({ hub }: Region, name: string): RegionInfo {
  return { name, url: beside(hub, '').replace(/\/$/, '') };
}

/** Answers 200 when the region takes connections. */
export function readyUrl({ hub }: Region): string {
  return beside(hub, 'health/ready');
}

/** Where a region lists all. */
export function listUrl({ hub }: Region): string {
  return beside(hub, 'regions');
}

/** Whether both are the same region, whatever the address. */
export function isSame(one: Region, other: Region): boolean {
  return one.hub === other.hub || (one.name !== undefined && one.name === other.name);
}

function beside(hub: string, name: string): string {
  return hub.replace(/[?#].*$/, '').replace(/[^/]*$/, name);
}
