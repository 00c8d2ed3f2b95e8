using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Signaling.Tests.Faults.Redis;

/// <summary>A program of the Redis family as a child process, on a port that the system picks once and that stays, in a folder of its own.</summary>
internal abstract class RedisDaemon(string program) : IAsyncDisposable
{
    private const int Ports = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private ChildProcess? _process;

    public int Port { get; private set; }

    /// <summary>Everything that the running or last process has written.</summary>
    public string Output => _process?.Output ?? "";

    protected DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("signaling-redis-");

    /// <summary>What authenticates redis-cli, if anything.</summary>
    protected virtual string? Password => null;

    protected virtual IEnumerable<string> CliArguments => [];

    private string ConfigurationFile => Path.Combine(Folder.FullName, "redis.conf");

    /// <summary>Starts it, from the second time on with the same port, and waits until it answers.</summary>
    public async Task StartDaemonAsync()
    {
        for (var tries = Port == 0 ? Ports : 1; !await TryStartAsync(); tries--)
        {
            if (tries == 1) throw new InvalidOperationException($"{program} does not start: {Output}");
        }
    }

    /// <summary>Ends it as an operator does.</summary>
    public Task StopAsync() => Process.TerminateAsync();

    /// <inheritdoc cref="ChildProcess.KillAsync"/>
    public Task KillAsync() => Process.KillAsync();

    /// <inheritdoc cref="ChildProcess.Freeze"/>
    public void Freeze() => Process.Freeze();

    public void Thaw() => Process.Thaw();

    /// <summary>Runs one command with redis-cli and tells its answer.</summary>
    /// <exception cref="InvalidOperationException">The answer is an error, or nobody answers.</exception>
    public async Task<string> CliAsync(params string[] command)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        return await CliAsync(command, patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        Folder.Delete(recursive: true);
    }

    /// <summary>The lines of its configuration file, but for those that all have.</summary>
    protected abstract IEnumerable<string> Configure();

    private ChildProcess Process => _process ?? throw new InvalidOperationException("It was never started.");

    private async Task<bool> TryStartAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        if (Port == 0 || _process is { Output: var said } && said.Contains("Address already in use", StringComparison.Ordinal)) await ConfigureOnAFreePortAsync();
        _process = ChildProcess.Start(program, [ConfigurationFile]);
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!_process.HasExited)
        {
            if (await AnswersAsync(patience.Token)) return true;
        }

        return false;
    }

    private async Task ConfigureOnAFreePortAsync()
    {
        Port = FreePort();
        string[] common = ["bind 127.0.0.1", "protected-mode no", "daemonize no", "logfile \"\"", $"dir {Folder.FullName}"];
        await File.WriteAllLinesAsync(ConfigurationFile, [.. common, .. Configure()]);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            return await CliAsync(["PING"], cancellation) == "PONG";
        }
        catch (InvalidOperationException)
        {
            return false; // It does not listen yet, or it loads its data.
        }
    }

    private async Task<string> CliAsync(string[] command, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("redis-cli", ["-h", "127.0.0.1", "-p", $"{Port}", "-e", .. CliArguments, .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Password is not null) start.Environment["REDISCLI_AUTH"] = Password;
        using var cli = System.Diagnostics.Process.Start(start)!;
        try
        {
            var (output, errors) = (cli.StandardOutput.ReadToEndAsync(cancellation), cli.StandardError.ReadToEndAsync(cancellation));
            await cli.WaitForExitAsync(cancellation);
            var answer = (await output + await errors).Trim();
            return cli.ExitCode == 0 ? answer : throw new InvalidOperationException($"{string.Join(' ', command)}: {answer}");
        }
        catch (OperationCanceledException)
        {
            cli.Kill();
            throw new InvalidOperationException($"{string.Join(' ', command)}: no answer from port {Port}. {Output}");
        }
    }

    protected static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
