namespace ConsolePeer.View;

/// <summary>A peer in the roster.</summary>
internal sealed record RosterRow(string Who, string Shows);
