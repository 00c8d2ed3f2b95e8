using System.CommandLine;
using System.Net.Sockets;
using Signaling.LoadTest.Connections;
using Signaling.LoadTest.Progress;
using Signaling.LoadTest.Reports;
using Spectre.Console;

namespace Signaling.LoadTest.Cli;

/// <summary>The command line without a command: runs a load test.</summary>
internal sealed class LoadTestCommand(IAnsiConsole console, TextWriter errors, TimeProvider time)
{
    private readonly RunArguments arguments = new();
    private readonly OutcomeArguments outcome = new();

    public RootCommand Create()
    {
        var root = new RootCommand(
            "Drives a signaling hub with many peers and tells how long signals and joins took, and whether each signal arrived once. " +
            "Exit codes: 0 done, 1 wrong arguments or no hub, 99 a threshold was broken.");
        arguments.AddTo(root);
        outcome.AddTo(root);
        root.SetAction(RunAsync);
        return root;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken interrupt)
    {
        if (arguments.ProblemWith(parsed) is { } problem) return Fail(problem);
        try
        {
            var earlier = outcome.ReadEarlier(parsed);
            var options = arguments.Read(parsed);
            var report = await MeasureAsync(options, await ResolveAsync(options, interrupt), interrupt);
            var exitCode = outcome.Conclude(parsed, report, earlier, console);
            return report.Peers.Connected > 0 ? exitCode : Fail($"No peer could join: {string.Join(", ", report.Errors.Keys)}.");
        }
        catch (Exception failure) when (failure is ReportFileException or HubUnreachableException or IOException or UnauthorizedAccessException)
        {
            return Fail(failure.Message);
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            return Fail("Interrupted before anything was measured.");
        }
    }

    private static async Task<Dictionary<Uri, HubAddress>> ResolveAsync(RunOptions options, CancellationToken interrupt)
    {
        var hubs = new Dictionary<Uri, HubAddress>();
        foreach (var url in options.Urls)
        {
            try
            {
                hubs[url] = await Dialer.ResolveAsync(url, options.ConnectTimeout, interrupt);
            }
            catch (SocketException failure)
            {
                throw new HubUnreachableException($"Cannot connect to {url}: {failure.Message}. Is the hub running, and is --url right?");
            }
        }

        return hubs;
    }

    private async Task<RunReport> MeasureAsync(RunOptions options, Dictionary<Uri, HubAddress> hubs, CancellationToken interrupt)
    {
        if (options.WarmUp > TimeSpan.Zero)
        {
            using var warmUp = new LoadRun(options.ForWarmUp(), hubs, time);
            await warmUp.ExecuteAsync(interrupt);
        }

        var startedAt = time.GetUtcNow();
        using var run = new LoadRun(options, hubs, time);
        var execution = run.ExecuteAsync(interrupt);
        IProgressView view = console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? new LiveProgress(console)
            : new PlainProgress(Console.Out);
        await view.ShowAsync(run, execution);
        await execution;
        return ReportFactory.Of(run, startedAt);
    }

    private int Fail(string why)
    {
        errors.WriteLine(why);
        return ExitCode.CannotRun;
    }
}
