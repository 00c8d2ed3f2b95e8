using Signaling.Hub.Rooms.Directory;

namespace Signaling.Hub.Rooms.Rosters;

/// <summary>Tells from the versions of the changes that arrive whether one was lost. They may arrive out of order.</summary>
internal sealed class VersionTracker
{
    private readonly SortedSet<long> _ahead = [];
    private string _aheadEpoch = RoomVersion.None.Epoch;
    private RoomVersion _heardOf = RoomVersion.None;
    private bool _otherEpoch;
    private bool _wasRead;

    /// <summary>Everything up to here is known.</summary>
    public RoomVersion Known { get; private set; } = RoomVersion.None;

    /// <summary>Whether a change before a known one is missing, or the directory has begun the room anew. Before the first reading there is nothing to miss.</summary>
    public bool HasGap => _wasRead && (_ahead.Count > 0 || _otherEpoch || (_heardOf.Epoch == Known.Epoch && _heardOf.Number > Known.Number));

    /// <summary>A change has arrived.</summary>
    public void Saw(RoomVersion version)
    {
        CollectFor(version.Epoch);
        if (version.Epoch != Known.Epoch || version.Number > Known.Number) _ahead.Add(version.Number);
        if (version.Epoch == Known.Epoch) CatchUp();
        else _otherEpoch = true;
    }

    /// <summary>There is such a version, whatever it has changed.</summary>
    public void HeardOf(RoomVersion version)
    {
        if (version.Epoch != Known.Epoch) _otherEpoch = true;
        if (version.Epoch != _heardOf.Epoch || version.Number > _heardOf.Number) _heardOf = version;
    }

    /// <summary>The whole room was read.</summary>
    public void Read(RoomVersion version)
    {
        CollectFor(version.Epoch);
        if (version.Epoch != Known.Epoch || version.Number > Known.Number) Known = version;
        (_otherEpoch, _wasRead) = (false, true);
        _ahead.RemoveWhere(number => number <= Known.Number);
        CatchUp();
    }

    private void CollectFor(string epoch)
    {
        if (_aheadEpoch != epoch) _ahead.Clear();
        _aheadEpoch = epoch;
    }

    private void CatchUp()
    {
        while (_ahead.Remove(Known.Number + 1)) Known = Known with { Number = Known.Number + 1 };
    }
}
