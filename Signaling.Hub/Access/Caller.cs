namespace Signaling.Hub.Access;

/// <summary>Who is calling, and where it may go. A guest (no user) is let in by Development only, and everywhere.</summary>
internal sealed record Caller(string? User, IReadOnlyList<string> Rooms, bool IsOperator = false)
{
    public static Caller Guest { get; } = new(null, ["*"]);

    public bool MayJoin(string room) => Rooms.Any(grant => RoomPattern.Matches(grant, room));
}
