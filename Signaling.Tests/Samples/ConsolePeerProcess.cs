using System.Diagnostics;
using System.Threading.Channels;

namespace Signaling.Tests.Samples;

/// <summary>The console peer as a child process whose input and output are redirected.</summary>
internal sealed class ConsolePeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Channel<string> lines = System.Threading.Channels.Channel.CreateUnbounded<string>();
    private readonly Task reading;

    private ConsolePeerProcess(Process process)
    {
        this.process = process;
        reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>Where its build puts it; the tests' own folder lacks what the shared framework of the tests brings along.</summary>
    public static string Executable { get; } = Path.Combine(
        Repository.Root, "samples", "ConsolePeer", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "ConsolePeer.dll");

    /// <summary>Every line that was read so far.</summary>
    public List<string> Seen { get; } = [];

    public static ConsolePeerProcess Start(params string[] arguments) => new(Process.Start(new ProcessStartInfo("dotnet", [Executable, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!);

    public Task TypeAsync(string line) => process.StandardInput.WriteLineAsync(line);

    public void EndInput() => process.StandardInput.Close();

    /// <summary>The next line that contains a text.</summary>
    public async Task<string> LineAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (true)
            {
                var line = await lines.Reader.ReadAsync(patience.Token);
                Seen.Add(line);
                if (line.Contains(text, StringComparison.Ordinal)) return line;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
        {
            throw new AssertionException($"The console peer never said \"{text}\". It said:\n{string.Join('\n', Seen)}", exception);
        }
    }

    /// <summary>Presses Ctrl+C.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -INT {process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        await reading;
        while (lines.Reader.TryRead(out var line)) Seen.Add(line);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        await reading;
        process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line) lines.Writer.TryWrite(line);
    }
}
