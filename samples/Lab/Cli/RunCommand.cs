using System.CommandLine;
using Signaling.Lab.Regions;
using Signaling.Lab.Reports;
using Signaling.Lab.Scenarios;

namespace Signaling.Lab.Cli;

/// <summary><c>run</c>: builds, measures, reports, takes down.</summary>
internal sealed class RunCommand(LabSession session, TimeProvider time)
{
    private readonly OceanArguments ocean = new();
    private readonly Option<bool> quick = new("--quick") { Description = "Fewer samples: a run takes half a minute instead of two." };
    private readonly Option<FileInfo?> json = new("--json") { Description = "Write the report to this file.", HelpName = "FILE" };

    private readonly Option<string[]> scenario = new Option<string[]>("--scenario")
    {
        Description = $"Only this one. Repeatable. {string.Join("; ", Catalog.All.Select(scenario => $"{scenario.Name}: {scenario.Description}"))}.",
        HelpName = "NAME",
    }.AcceptOnlyFromAmong([.. Catalog.All.Select(scenario => scenario.Name)]);

    public Command Create()
    {
        var command = new Command("run", "Build the regions, measure, print what was measured against the physical limit, and take everything down.") { scenario, quick, json };
        ocean.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken interrupt) => session.RunAsync(
        () => ocean.Create(parsed),
        async (world, cancellation) =>
        {
            var startedAt = time.GetUtcNow();
            var checks = await MeasureAsync(world, parsed, cancellation);
            var report = new LabReport
            {
                StartedAt = startedAt,
                RoundTripsMs = world.Ocean.RoundTrips.ToDictionary(pair => $"{pair.Key}", pair => pair.Value.TotalMilliseconds),
                JitterMs = world.Ocean.Jitter.TotalMilliseconds,
                Checks = checks,
            };
            if (parsed.GetValue(json) is { } file) ReportFile.Write(file.FullName, report);
            new ConsoleReport(session.Console).Show(report);
            return report.Holds ? ExitCode.Done : ExitCode.LimitBroken;
        },
        interrupt);

    private async Task<IReadOnlyList<Check>> MeasureAsync(World world, ParseResult parsed, CancellationToken cancellation)
    {
        var wanted = parsed.GetValue(scenario) is { Length: > 0 } names ? Catalog.All.Where(one => names.Contains(one.Name)) : Catalog.All;
        var checks = new List<Check>();
        foreach (var one in wanted)
        {
            session.Tell($"Measuring {one.Description}");
            checks.AddRange(await TryAsync(one, world, new Effort(parsed.GetValue(quick)), cancellation));
        }

        return checks;
    }

    /// <summary>A scenario that does not get to its end is a broken limit, not the end of the run.</summary>
    private static async Task<IReadOnlyList<Check>> TryAsync(IScenario scenario, World world, Effort effort, CancellationToken cancellation)
    {
        try
        {
            return await scenario.RunAsync(world, effort, cancellation);
        }
        catch (Exception failure) when (failure is LabException or TimeoutException or InvalidOperationException && !cancellation.IsCancellationRequested)
        {
            return [new Check(scenario.Name, scenario.Description, "", null, 0, 0) { Note = failure.Message }];
        }
    }
}
