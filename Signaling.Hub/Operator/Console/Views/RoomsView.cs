using Signaling.Hub.Operator.Console.Survey;

namespace Signaling.Hub.Operator.Console.Views;

/// <summary>Rooms found.</summary>
/// <param name="Text">What was looked for.</param>
/// <param name="Total">How many rooms match.</param>
/// <param name="Rooms">The largest of them, then by id.</param>
internal sealed record RoomsView(string Text, int Total, IReadOnlyList<RoomLine> Rooms);
