using Signaling.Contracts;
using Signaling.Hub.Rooms.Directory;

namespace Signaling.Hub.Rooms.Peers;

/// <summary>A peer in the roster of a room, wherever its socket is.</summary>
internal sealed class Member(PeerEntry entry, RoomVersion since)
{
    private static readonly IReadOnlyDictionary<string, string> NoAttributes = new Dictionary<string, string>();

    public PeerEntry Entry { get; set; } = entry;

    /// <summary>The version of the directory that <see cref="Entry"/> is of.</summary>
    public RoomVersion Since { get; set; } = since;

    /// <summary>This node's own end of it; <c>null</c> for a peer of another node.</summary>
    public Peer? Local { get; set; }

    /// <summary>Whether its node was lost.</summary>
    public bool IsNodeLost { get; set; }

    /// <summary>Whether its node, of another region, cannot be reached from here.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>Since when (a timestamp) the directory, which had lost the room, has not had it again; 0 when it has.</summary>
    public long MissingSince { get; set; }

    public string Id => Entry.Id;

    public PeerState State => IsCutOff ? PeerState.Unreachable : Entry.Away || IsNodeLost ? PeerState.Reconnecting : PeerState.Connected;

    public PeerInfo Info => State is PeerState.Connected ? Entry.Info : Entry.Info with { State = State };

    public IReadOnlyDictionary<string, string> Attributes => Entry.Info.Attributes ?? NoAttributes;
}
