using Signaling.Hub.Operator.Console.Survey;

namespace Signaling.Hub.Operator.Console.History;

/// <summary>Ends each step of the history when its time is over, whether anybody watches or not.</summary>
internal sealed class HistoryKeeper(HubHistory history, NodeCensus census, AnswerDesk desk, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        desk.Open();
        for (var last = 0L; ;)
        {
            var now = time.GetUtcNow();
            var step = HubHistory.StepOf(now);
            if (step == last) step++; // Woken a little early.
            await Task.Delay(HubHistory.EndOf(step) - now, time, stoppingToken);
            history.Close(step, census.Take());
            last = step;
        }
    }
}
