namespace Signaling.Contracts;

/// <summary>Versions of the protocol, each with what it changed.</summary>
/// <remarks>
/// Within a version only optional fields, methods and enum values are added; both sides ignore what they do not know.
/// </remarks>
public static class ProtocolVersion
{
    /// <summary>Version 1: rooms, rosters, signals, attributes, ICE servers, ping, resume, going away.</summary>
    public const int V1 = 1;

    /// <summary>The version that this build speaks.</summary>
    public const int Current = V1;
}
