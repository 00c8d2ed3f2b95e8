using Signaling.Contracts;

namespace Signaling.Tests.Client.Resuming;

/// <summary>A peer of the fake hub; without a connection it is one of the test's own.</summary>
internal sealed class FakePeer(string room, PeerInfo info)
{
    public string Room => room;

    public PeerInfo Info { get; set; } = info;

    public string? ConnectionId { get; set; }

    public string? Token { get; set; }

    public bool IsResumable { get; init; }

    public bool IsAway => Info.State is PeerState.Reconnecting or PeerState.Unreachable;
}
