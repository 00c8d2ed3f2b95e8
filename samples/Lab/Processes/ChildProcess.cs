using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Signaling.Lab.Processes;

/// <summary>A program that runs beside this one, talks to it and takes signals.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int Sigint = 2;
    private const int Sigkill = 9;
    private const int Sigterm = 15;
    private const int Sigcont = 18;
    private const int Sigstop = 19;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task _reading;
    private bool _disposed;

    private ChildProcess(Process process, Action<string>? onLine)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, onLine), ReadAsync(process.StandardError, onLine));
    }

    /// <summary>Who wants to read what each one has written, once it is over: tests put it into their reports.</summary>
    public static Action<string>? Reporter { get; set; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it reads.</summary>
    public TextWriter Input => _process.StandardInput;

    /// <summary>Everything that it has written so far.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, Action<string>? onLine = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return new ChildProcess(Process.Start(start)!, onLine);
    }

    /// <summary>Stops it where it stands; its sockets stay open and nobody answers.</summary>
    public void Freeze() => Signal(Sigstop);

    public void Thaw() => Signal(Sigcont);

    /// <summary>Asks it to end, as an orchestrator does.</summary>
    public Task<int> TerminateAsync()
    {
        Signal(Sigterm);
        return ExitAsync();
    }

    /// <summary>Ctrl+C.</summary>
    public Task<int> InterruptAsync()
    {
        Signal(Sigint);
        return ExitAsync();
    }

    /// <summary>Ends it without a chance to say goodbye.</summary>
    public Task<int> KillAsync()
    {
        Signal(Sigkill);
        return ExitAsync();
    }

    /// <summary>Its exit code, once it has ended and all its output is read; for one that is about to end.</summary>
    public async Task<int> ExitAsync()
    {
        await EndedAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Until it has ended, however long that takes, and all its output is read.</summary>
    public async Task EndedAsync()
    {
        await _process.WaitForExitAsync();
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true)) return;
        await KillAsync();
        Reporter?.Invoke($"--- {_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)}\n{Output}");
        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);

    private void Signal(int signal)
    {
        if (!_process.HasExited) _ = SendSignal(_process.Id, signal);
    }

    private async Task ReadAsync(StreamReader reader, Action<string>? onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_output) _output.AppendLine(line);
            onLine?.Invoke(line);
        }
    }
}
