namespace Signaling.Hub.Operator.Console.Journal;

/// <summary>What can happen to a peer that its room's timeline tells. App data and candidates are too many, and tell nothing.</summary>
internal enum RoomEventKind
{
    Joined,

    /// <summary>It is back as the peer that it was.</summary>
    Resumed,

    /// <summary>It is back as another peer.</summary>
    Rejoined,

    /// <summary>Its connection is lost, and it may resume.</summary>
    Reconnecting,

    /// <summary>It has left; the detail is the reason.</summary>
    Left,

    /// <summary>It shows something else.</summary>
    Updated,

    Offer,
    Answer,

    /// <summary>It is connected with the other one, as it reports; the detail is the set-up time and the way.</summary>
    IceConnected,

    /// <summary>It could not connect with the other one, as it reports; the detail is why.</summary>
    IceFailed,
}
