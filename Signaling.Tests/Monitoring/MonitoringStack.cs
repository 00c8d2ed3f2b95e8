using System.Text.RegularExpressions;

namespace Signaling.Tests.Monitoring;

/// <summary>Prometheus and Alertmanager, started by deploy/monitoring/start with the files beside it, made hasty.</summary>
internal sealed partial class MonitoringStack : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signaling-monitoring-");
    private readonly TaskCompletionSource<Uri> _prometheus = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ChildProcess _process;
    private PrometheusApi? _api;

    private MonitoringStack(IEnumerable<Uri> hubs, Uri webhook)
    {
        MonitoringFiles.CopyHastened(_folder);
        _process = ChildProcess.Start(
            "/bin/sh",
            [Path.Combine(_folder.FullName, "start"), .. hubs.Select(hub => hub.AbsoluteUri)],
            new Dictionary<string, string> { ["PROMETHEUS"] = "0", ["ALERTMANAGER"] = "0", ["INTERVAL"] = "1s", ["WEBHOOK"] = webhook.AbsoluteUri, ["TMPDIR"] = _folder.CreateSubdirectory("work").FullName },
            Listen);
    }

    public PrometheusApi Prometheus => _api ?? throw new InvalidOperationException("It does not run yet.");

    /// <summary>Where it keeps everything while it runs.</summary>
    public IEnumerable<string> Leftovers => Directory.EnumerateFileSystemEntries(Path.Combine(_folder.FullName, "work"));

    public static async Task<MonitoringStack> StartAsync(IEnumerable<Uri> hubs, Uri webhook)
    {
        var stack = new MonitoringStack(hubs, webhook);
        try
        {
            stack._api = new PrometheusApi(await stack._prometheus.Task.WaitAsync(Patience, TimeProvider.System));
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends both as Ctrl+C does, and tells the exit code.</summary>
    public Task<int> StopAsync() => _process.TerminateAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync(); // Killed, it could not end the two.
        await _process.DisposeAsync();
        _api?.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Listen(string line)
    {
        if (Address().Match(line) is { Success: true } match) _prometheus.TrySetResult(new Uri(match.Groups["url"].Value));
    }

    [GeneratedRegex("^Prometheus +(?<url>http://.+)$")]
    private static partial Regex Address();
}
