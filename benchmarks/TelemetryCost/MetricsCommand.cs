using System.CommandLine;

namespace Signaling.Benchmarks.TelemetryCost;

/// <summary><c>metrics</c>: a hub that measures against one that does not.</summary>
internal static class MetricsCommand
{
    public static Command Create()
    {
        var contest = new ContestOptions();
        var command = new Command("metrics", "A hub that measures, against one that does not.");
        contest.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(contest.Read(parsed), cancellation));
        return command;
    }

    private static async Task RunAsync(Contest contest, CancellationToken cancellation)
    {
        await using var off = await contest.StartAsync("off", Measuring(false));
        await using var again = await contest.StartAsync("off again", Measuring(false));
        await using var on = await contest.StartAsync("on", Measuring(true));
        Report.Print(await contest.RunAsync([off, again, on], cancellation));
    }

    private static Dictionary<string, string> Measuring(bool enabled) => new() { ["Signaling__Metrics__Enabled"] = $"{enabled}" };
}
