using Signaling.Hub.Rooms.Directory;

namespace Signaling.Hub.Rooms;

/// <summary>Tells from the versions of the changes that arrive whether one was lost. They may arrive out of order.</summary>
internal sealed class VersionTracker
{
    private readonly SortedSet<long> _ahead = [];
    private bool _otherEpoch;
    private long _heardOf;

    /// <summary>Everything up to here is known.</summary>
    public RoomVersion Known { get; private set; } = RoomVersion.None;

    /// <summary>Whether a change before a known one is missing, or the directory has begun the room anew.</summary>
    public bool HasGap => _ahead.Count > 0 || _heardOf > Known.Number || _otherEpoch;

    /// <summary>A change has arrived.</summary>
    public void Saw(RoomVersion version)
    {
        if (version.Epoch != Known.Epoch)
        {
            _otherEpoch = true;
            return;
        }

        if (version.Number <= Known.Number) return;
        _ahead.Add(version.Number);
        CatchUp();
    }

    /// <summary>There is such a version, whatever it has changed.</summary>
    public void HeardOf(RoomVersion version)
    {
        if (version.Epoch != Known.Epoch) _otherEpoch = true;
        else _heardOf = Math.Max(_heardOf, version.Number);
    }

    /// <summary>The whole room was read.</summary>
    public void Read(RoomVersion version)
    {
        if (version.Epoch != Known.Epoch)
        {
            _ahead.Clear();
            _heardOf = 0;
        }

        if (version.Epoch != Known.Epoch || version.Number > Known.Number) Known = version;
        _otherEpoch = false;
        _ahead.RemoveWhere(number => number <= Known.Number);
        CatchUp();
    }

    private void CatchUp()
    {
        while (_ahead.Remove(Known.Number + 1)) Known = Known with { Number = Known.Number + 1 };
    }
}
