namespace Signaling.Client.Rooms.Links;

/// <summary>How long to leave a peer alone that the hub cannot reach. Guarded by the room's lock.</summary>
internal sealed class PeerPause
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private TimeSpan next = First;

    /// <summary>Milliseconds of the clock.</summary>
    public long Until { get; private set; }

    /// <summary>Whether the peer may still be unreachable: one signal has to find out for all.</summary>
    public bool IsProbing { get; private set; }

    /// <param name="told">How long the hub has asked to wait, if it did.</param>
    /// <param name="now">Milliseconds of the clock.</param>
    public void Extend(TimeSpan? told, long now)
    {
        IsProbing = true;
        if (Until > now) return;
        Until = now + (long)(told ?? next).TotalMilliseconds;
        next = TimeSpan.FromTicks(Math.Min(Longest.Ticks, next.Ticks * 2));
    }

    public void End() => (Until, IsProbing, next) = (0, false, First);
}
