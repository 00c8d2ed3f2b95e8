namespace Signaling.LoadTest.Messages;

internal enum HubMessageType
{
    Other,
    HandshakeDone,
    Welcome,
    PeerJoined,
    PeerLeft,
    Signal,
    Completion,
    Close,
}

/// <summary>Another peer as a roster shows it.</summary>
internal readonly record struct Mate(string Id, string? Name);

/// <summary>What of a message of the hub matters to a load test.</summary>
internal struct HubMessage
{
    public HubMessageType Type;
    public string? InvocationId;
    public string? Error;

    /// <summary>One's own in a welcome, the other's in a departure.</summary>
    public string? PeerId;

    /// <summary>The roster of a welcome, or the one who joined.</summary>
    public List<Mate>? Peers;

    /// <summary>Absent in a signal that this tool did not send.</summary>
    public SignalTag? Tag;

    public SignalKind Kind;
}
