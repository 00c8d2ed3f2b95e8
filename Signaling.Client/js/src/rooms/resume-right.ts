import type { ResumeRequest, Welcome } from '../contracts.js';
import { type Region, isSame } from '../regions/region.js';

/** The right to come back to a room as the peer that we are. It is good in the region that gave it, for a while after the connection is lost. */
export class ResumeRight {
  #grant: { readonly peerId: string; readonly token: string; readonly issuer: Region; readonly windowMs: number } | undefined;
  #tries = 0;
  #lostAt = 0;

  /** Whether there is one. */
  get isHeld(): boolean {
    return this.#grant !== undefined;
  }

  /** Whether the hub may still take us back. */
  get isInTime(): boolean {
    return this.#grant !== undefined && performance.now() - this.#lostAt < this.#grant.windowMs;
  }

  isGoodIn(region: Region): boolean {
    return this.#grant !== undefined && isSame(this.#grant.issuer, region);
  }

  /** How to make use of it; `undefined` where it is not good. Of several requests the hub believes the latest, in whatever order they arrive. */
  requestIn(region: Region): ResumeRequest | undefined {
    return this.#grant && this.isGoodIn(region) ? { peerId: this.#grant.peerId, token: this.#grant.token, attempt: ++this.#tries } : undefined;
  }

  renew({ peerId, resume, region: name }: Welcome, region: Region): void {
    this.#grant = resume && { peerId, ...resume, issuer: { ...region, name } };
  }

  /** The connection is lost: time runs. */
  lost(): void {
    this.#lostAt = performance.now();
  }

  /** Whether there was one. */
  expire(): boolean {
    const was = this.isHeld;
    this.#grant = undefined;
    return was;
  }
}
