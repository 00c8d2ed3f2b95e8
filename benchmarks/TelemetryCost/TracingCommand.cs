using System.CommandLine;

namespace Signaling.Benchmarks.TelemetryCost;

/// <summary><c>tracing</c>: hubs that keep one trace in a hundred, and all, against one that traces nothing.</summary>
internal static class TracingCommand
{
    public static Command Create()
    {
        var contest = new ContestOptions();
        var parents = new Option<bool>("--parents") { Description = "Signals come with the traceparent of a trace that their sender does not keep, rather than with none." };
        var command = new Command("tracing", "Hubs that keep one trace in a hundred, and all, against one that traces nothing.") { parents };
        contest.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(contest.Read(parsed) with { TraceParents = parsed.GetValue(parents) }, cancellation));
        return command;
    }

    private static async Task RunAsync(Contest contest, CancellationToken cancellation)
    {
        await using var sink = await Sink.StartAsync();
        await using var off = await contest.StartAsync("off", []);
        await using var again = await contest.StartAsync("off again", []);
        await using var some = await contest.StartAsync("1 %", Keeping("0.01", sink));
        await using var all = await contest.StartAsync("all", Keeping("1", sink));
        Report.Print(await contest.RunAsync([off, again, some, all], cancellation));
        if (sink.Bytes is 0) throw new InvalidOperationException("No span came.");
    }

    private static Dictionary<string, string> Keeping(string share, Sink sink) => new()
    {
        ["Signaling__Tracing__Sample"] = share,
        ["Signaling__Tracing__Endpoint"] = sink.Url,
        ["Signaling__Tracing__Protocol"] = "http/protobuf",
    };
}
