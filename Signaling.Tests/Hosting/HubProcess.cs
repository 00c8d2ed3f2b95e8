using System.Globalization;
using System.Text.RegularExpressions;

namespace Signaling.Tests.Hosting;

/// <summary>The hub's executable as a child process, configured by environment variables alone.</summary>
internal sealed partial class HubProcess : IAsyncDisposable
{
    private static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "Signaling.Hub.dll");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly ChildProcess _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _watching;

    private HubProcess(IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        _process = ChildProcess.Start("dotnet", [Executable, .. arguments], environment, Listen);
        _watching = WatchAsync();
    }

    /// <summary>Everything that the process has written so far.</summary>
    public string Output => _process.Output;

    /// <summary>Whether it runs; a frozen one does.</summary>
    public bool Runs => !_process.HasExited;

    /// <summary>How much memory it holds now (VmRSS), in bytes.</summary>
    public long ResidentBytes => 1024 * long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Trim(), CultureInfo.InvariantCulture);

    /// <summary>Starts the hub on a port that the system chooses.</summary>
    public static HubProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var variables = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["DOTNET_NOLOGO"] = "1",
        };
        foreach (var (name, value) in environment) variables[name] = value;
        return new HubProcess(variables, arguments);
    }

    /// <summary>Runs to the end, as commands and failed starts do.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        await using var process = Start(environment, arguments);
        return (await process.ExitAsync(), process.Output);
    }

    /// <summary>Where it listens, from its own words.</summary>
    public Task<Uri> AddressAsync() => _address.Task.WaitAsync(Patience);

    public Task<int> ExitAsync() => _process.ExitAsync();

    /// <inheritdoc cref="ChildProcess.TerminateAsync"/>
    public Task<int> TerminateAsync() => _process.TerminateAsync();

    /// <inheritdoc cref="ChildProcess.KillAsync"/>
    public Task<int> KillAsync() => _process.KillAsync();

    /// <inheritdoc cref="ChildProcess.Freeze"/>
    public void Freeze() => _process.Freeze();

    public void Thaw() => _process.Thaw();

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _watching;
    }

    private void Listen(string line)
    {
        if (Listening().Match(line) is { Success: true } match) _address.TrySetResult(new Uri(match.Value));
    }

    private async Task WatchAsync()
    {
        await _process.EndedAsync();
        if (_address.TrySetException(new InvalidOperationException($"The hub ended: {Output}")))
        {
            _ = _address.Task.Exception; // Nobody has to ask for an address.
        }
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9][0-9]*")]
    private static partial Regex Listening();
}
