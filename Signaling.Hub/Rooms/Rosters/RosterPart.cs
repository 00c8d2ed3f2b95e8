using Signaling.Hub.Rooms.Directory;
using Signaling.Hub.Rooms.Peers;

namespace Signaling.Hub.Rooms.Rosters;

/// <summary>The part of a roster that one region answers for: which of its changes have arrived. They may arrive out of order, twice, or not at all.</summary>
internal sealed class RosterPart
{
    private const int MostFormerEpochs = 4;

    private readonly VersionTracker _versions = new();
    private readonly List<string> _formerEpochs = [];
    private readonly Dictionary<string, RoomVersion> _gone = new(StringComparer.Ordinal);

    /// <summary>Everything up to here is known.</summary>
    public RoomVersion Known => _versions.Known;

    /// <summary>Whether a change was missed.</summary>
    public bool HasGap => _versions.HasGap;

    /// <summary>A change has arrived.</summary>
    public void Saw(RoomVersion version)
    {
        _versions.Saw(version);
        Prune();
    }

    /// <summary>There is such a version, whatever it has changed.</summary>
    public void HeardOf(RoomVersion version) => _versions.HeardOf(version);

    /// <summary>A peer has left. What is older must not bring it back.</summary>
    public void Left(string peerId, RoomVersion version)
    {
        if (!IsKnown(version)) _gone[peerId] = version;
        Saw(version);
    }

    /// <summary>The whole part was read.</summary>
    public void Read(RoomVersion version)
    {
        if (BeginsAnewWith(version)) Replace(Known.Epoch, version.Epoch);
        _versions.Read(version);
        foreach (var id in _gone.Where(gone => gone.Value.Epoch != version.Epoch).Select(gone => gone.Key).ToArray()) _gone.Remove(id);
        Prune();
    }

    /// <summary>Whether the directory had lost the room, and has begun it anew.</summary>
    public bool BeginsAnewWith(RoomVersion version) => Known != RoomVersion.None && Known.Epoch != version.Epoch;

    /// <summary>Whether something said of a peer at a version is news.</summary>
    /// <param name="peerId">The peer.</param>
    /// <param name="member">The peer as it is in the room; <c>null</c> when it is not.</param>
    /// <param name="version">The version.</param>
    /// <param name="ofSnapshot">Whether it was read, rather than told as a change.</param>
    public bool IsNews(string peerId, Member? member, RoomVersion version, bool ofSnapshot = false)
    {
        // What was said of the room before it was begun anew comes too late: nobody would say when it is over.
        if (!ofSnapshot && _formerEpochs.Contains(version.Epoch)) return false;
        return member is not null
            ? !member.Since.IsNewerThan(version)
            : !_gone.GetValueOrDefault(peerId).IsNewerThan(version) && (ofSnapshot || !IsKnown(version));
    }

    /// <summary>A directory that has gone back to an earlier state of its own may come again with a former epoch.</summary>
    private void Replace(string former, string now)
    {
        _formerEpochs.Remove(now);
        _formerEpochs.Add(former);
        if (_formerEpochs.Count > MostFormerEpochs) _formerEpochs.RemoveAt(0);
    }

    private bool IsKnown(RoomVersion version) => version.Epoch == Known.Epoch && version.Number <= Known.Number;

    private void Prune()
    {
        foreach (var id in _gone.Where(gone => IsKnown(gone.Value)).Select(gone => gone.Key).ToArray()) _gone.Remove(id);
    }
}
