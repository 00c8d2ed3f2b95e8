namespace Signaling.Hub.Operator.Console.Survey;

/// <summary>What one node asks others. One of its parts is there; a node that does not know the part answers without one.</summary>
internal sealed record Question
{
    /// <summary>How the node is.</summary>
    public bool Status { get; init; }

    /// <summary>Which rooms it has.</summary>
    public RoomsQuestion? Rooms { get; init; }

    /// <summary>What it knows of a room.</summary>
    public RoomQuestion? Room { get; init; }

    /// <summary>What it has counted after a step.</summary>
    public long? HistoryAfter { get; init; }
}

/// <param name="Text">A part of the id, in any case.</param>
/// <param name="Max">No more than so many rooms.</param>
/// <param name="Region">Only those that have peers in this region; <c>null</c> for all.</param>
internal sealed record RoomsQuestion(string Text, int Max, string? Region = null);

/// <param name="Id">The room.</param>
/// <param name="Seen">What is known of it already, by instance, and need not be said again.</param>
internal sealed record RoomQuestion(string Id, IReadOnlyDictionary<string, RoomSeen> Seen);

/// <param name="Stamp">As of <see cref="RoomPart.Stamp"/>.</param>
/// <param name="End">As of <see cref="RoomPart.End"/>.</param>
internal sealed record RoomSeen(string? Stamp, long End);
