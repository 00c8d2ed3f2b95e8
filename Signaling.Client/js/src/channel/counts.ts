/** What the channels of a client had to repair, until it is told to the hub. */
export class ChannelCounts {
  retransmitted = 0;
  duplicates = 0;

  /** What has been counted since it was taken last. */
  take(): { retransmitted: number; duplicates: number } {
    const { retransmitted, duplicates } = this;
    this.retransmitted = 0;
    this.duplicates = 0;
    return { retransmitted, duplicates };
  }

  /** What was taken was not told. */
  giveBack({ retransmitted, duplicates }: { retransmitted: number; duplicates: number }): void {
    this.retransmitted += retransmitted;
    this.duplicates += duplicates;
  }
}
