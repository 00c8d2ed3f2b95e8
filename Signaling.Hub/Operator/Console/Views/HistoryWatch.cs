using System.Runtime.CompilerServices;
using Signaling.Hub.Operator.Console.History;
using Signaling.Hub.Operator.Console.Survey;

namespace Signaling.Hub.Operator.Console.Views;

/// <summary>The last hour, then each step once it is over.</summary>
internal sealed class HistoryWatch(NodeSurvey survey, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(HubHistory.StepSeconds);

    // By then every node has ended its step.
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<HistoryView> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var merge = new HistoryMerge();
        await foreach (var answers in survey.AskAsync(Pause, region => new Question { HistoryAfter = merge.GivenOf(region) }, cancellation))
        {
            yield return merge.Heard(answers.Select(heard => heard.Answer));
        }
    }

    /// <summary>Until the next step is over.</summary>
    private TimeSpan Pause()
    {
        var now = time.GetUtcNow();
        var next = HubHistory.EndOf(HubHistory.StepOf(now)) + Lateness - now;
        return next > Lateness ? next : next + Period;
    }
}
