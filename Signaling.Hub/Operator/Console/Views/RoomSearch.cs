using System.Runtime.CompilerServices;
using Signaling.Hub.Operator.Console.Survey;

namespace Signaling.Hub.Operator.Console.Views;

/// <summary>The rooms that match a text, every two seconds.</summary>
internal sealed class RoomSearch(NodeSurvey survey, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    public async IAsyncEnumerable<RoomsView> WatchAsync(RoomsQuestion search, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (nodes, question) = (new KnownNodes(time), new Question { Rooms = search });
        await foreach (var answers in survey.AskAsync(Period, _ => question, cancellation))
        {
            nodes.Heard(answers.Where(heard => heard.Answer.Rooms is not null));
            yield return Merge(search, [.. nodes.All.Where(node => node.Answers).Select(node => node.Answer.Rooms!)]);
        }
    }

    /// <summary>Each node of a room knows all of it; for a moment one may know more than another.</summary>
    public static RoomsView Merge(RoomsQuestion search, IReadOnlyList<RoomsPart> parts)
    {
        var rooms = parts.SelectMany(part => part.Rooms).GroupBy(room => room.Id).Select(room => room.MaxBy(line => line.Peers)!).ToArray();
        var largest = rooms.OrderByDescending(room => room.Peers).ThenBy(room => room.Id, StringComparer.Ordinal).Take(search.Max);
        return new(search.Text, Math.Max(rooms.Length, parts.Sum(part => part.Total)), [.. largest]);
    }
}
