using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Signaling.Tests.Protocol;

/// <summary>The hub's executable as a child process, configured by environment variables alone.</summary>
internal sealed partial class HubProcess : IAsyncDisposable
{
    private static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "Signaling.Hub.dll");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private HubProcess(Process process)
    {
        _process = process;
        _output = ReadAsync(process.StandardOutput);
        _errors = ReadAsync(process.StandardError);
    }

    /// <summary>Everything that the process wrote, once it has ended.</summary>
    public string Output { get; private set; } = "";

    /// <summary>Starts the hub on a port that the system chooses.</summary>
    public static HubProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Executable, .. arguments])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new HubProcess(Process.Start(start)!);
    }

    /// <summary>Runs to the end, as commands and failed starts do.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        await using var process = Start(environment, arguments);
        return (await process.ExitAsync(), process.Output);
    }

    /// <summary>Where it listens, from its own words.</summary>
    public Task<Uri> AddressAsync() => _address.Task.WaitAsync(Patience);

    /// <summary>Asks it to end, as an orchestrator does.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id}"]);
        await kill.WaitForExitAsync();
        return await ExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await Task.WhenAll(_output, _errors);
        _process.Dispose();
    }

    private async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        Output = await _output + await _errors;
        return _process.ExitCode;
    }

    private async Task<string> ReadAsync(StreamReader reader)
    {
        var text = new StringWriter();
        while (await reader.ReadLineAsync() is { } line)
        {
            await text.WriteLineAsync(line);
            if (Listening().Match(line) is { Success: true } match) _address.TrySetResult(new Uri(match.Value));
        }

        if (reader == _process.StandardOutput && _address.TrySetException(new InvalidOperationException($"The hub ended: {text}")))
        {
            _ = _address.Task.Exception; // Nobody has to ask for an address.
        }

        return text.ToString();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9][0-9]*")]
    private static partial Regex Listening();
}
