using System.Runtime.CompilerServices;
using Signaling.Hub.Operator.Console.Survey;

namespace Signaling.Hub.Operator.Console.Views;

/// <summary>One room, whenever something has changed in it; looked at every second.</summary>
internal sealed class RoomWatch(NodeSurvey survey, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<RoomView> WatchAsync(string room, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var merge = new RoomMerge(room, time);
        await foreach (var answers in survey.AskAsync(Period, _ => new Question { Room = merge.Question }, cancellation))
        {
            if (merge.Heard(answers) is { } view) yield return view;
        }
    }
}
