namespace Signaling.Hub.Operator.Console.Journal;

/// <summary>Something that has happened in a room.</summary>
/// <param name="At">When, by this node's clock.</param>
/// <param name="Room">Where.</param>
/// <param name="Kind">What.</param>
/// <param name="Peer">To whom, or who did it.</param>
/// <param name="To">The other one, where there is one.</param>
/// <param name="Detail">What else an operator wants to know.</param>
internal readonly record struct RoomEvent(DateTimeOffset At, string Room, RoomEventKind Kind, string Peer, string? To = null, string? Detail = null);
