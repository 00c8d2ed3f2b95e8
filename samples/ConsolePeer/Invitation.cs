namespace ConsolePeer;

/// <summary>Where to go, and as whom.</summary>
internal sealed record Invitation(string Room, string? Name, Uri Hub, string? Token);
