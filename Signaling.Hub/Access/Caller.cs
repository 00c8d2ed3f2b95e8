namespace Signaling.Hub.Access;

/// <summary>Who is calling, and where it may go. A guest (no user) is let in by Development only, and everywhere.</summary>
/// <param name="User">The token's subject.</param>
/// <param name="Rooms">Names and patterns of rooms.</param>
/// <param name="IsOperator">Whether it may see and steer the hub.</param>
/// <param name="Until">When its token is over; <c>null</c> for a guest.</param>
internal sealed record Caller(string? User, IReadOnlyList<string> Rooms, bool IsOperator = false, DateTimeOffset? Until = null)
{
    public static Caller Guest { get; } = new(null, ["*"]);

    public bool MayJoin(string room) => Rooms.Any(grant => RoomPattern.Matches(grant, room));
}
