namespace Signaling.Tests.Lab;

/// <summary>The lab as a user runs it.</summary>
internal sealed class LabProcess : IAsyncDisposable
{
    private static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "Lab.dll");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly ChildProcess _process;
    private readonly HashSet<int> _inside = [];

    private LabProcess(string[] arguments) => _process = ChildProcess.Start("dotnet", [Executable, .. arguments]);

    public string Output => _process.Output;

    public static LabProcess Start(params string[] arguments) => new(arguments);

    /// <summary>Until it has said so.</summary>
    public Task SaysAsync(string words) => Eventually.TrueAsync(
        () => _process.HasExited ? throw new InvalidOperationException($"The lab ended: {Output}") : Output.Contains(words, StringComparison.Ordinal), words, Patience);

    /// <summary>Until so many programs run in its namespaces; they are remembered.</summary>
    public Task RunsAsync(int programs) => Eventually.TrueAsync(async () => await LookInsideAsync() >= programs, $"{programs} programs run", Patience);

    public Task TypeAsync(string line) => _process.Input.WriteLineAsync(line);

    /// <summary>Its exit code, once it has come to its end.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.EndedAsync().WaitAsync(Patience, TimeProvider.System);
        return await _process.ExitAsync();
    }

    public Task<int> InterruptAsync() => _process.InterruptAsync();

    public Task<int> KillAsync() => _process.KillAsync();

    /// <summary>Those of its namespaces that are there now.</summary>
    public async Task<string[]> NamespacesAsync() =>
    [
        .. (await Command.RunAsync("ip", ["netns", "list"])).Split('\n').Select(line => line.Split(' ')[0])
            .Where(name => name.StartsWith($"signaling-{_process.Id}-", StringComparison.Ordinal)),
    ];

    /// <summary>Those of its programs that still run.</summary>
    public int[] Programs() => [.. _inside.Where(id => Directory.Exists($"/proc/{id}"))];

    public string[] Folders() => Directory.GetDirectories(Path.GetTempPath(), $"signaling-{_process.Id}-*");

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<int> LookInsideAsync()
    {
        foreach (var name in await NamespacesAsync())
        {
            var ids = (await Command.RunAsync("ip", ["netns", "pids", name])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            _inside.UnionWith(ids.Select(int.Parse));
        }

        return Programs().Length;
    }
}
