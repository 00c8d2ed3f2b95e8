using System.Diagnostics;
using System.Text.Json;

namespace Signaling.Tests.LoadTest;

/// <summary>The load test as a user runs it: a process, its exit code, its words and its JSON file.</summary>
internal sealed record LoadTestProcess(int ExitCode, string Output, JsonElement Report)
{
    private static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "LoadTest.dll");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<LoadTestProcess> RunAsync(Uri? hub, params string[] arguments)
    {
        var json = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        string[] address = hub is null ? [] : ["--url", hub.ToString()];
        var start = new ProcessStartInfo("dotnet", [Executable, .. arguments, .. address, "--json", json])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            using var patience = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(patience.Token);
            var report = File.Exists(json) ? JsonElement.Parse(await File.ReadAllTextAsync(json, patience.Token)) : default;
            return new LoadTestProcess(process.ExitCode, await output + await errors, report);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
            File.Delete(json);
        }
    }

    public long Number(string group, string name) => Report.GetProperty(group).GetProperty(name).GetInt64();
}
