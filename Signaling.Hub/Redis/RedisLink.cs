using Signaling.Hub.Rooms.Directory;
using StackExchange.Redis;

namespace Signaling.Hub.Redis;

/// <summary>
/// The way to a region's Redis, and whether it is open. Once a command has failed or timed out, further ones fail at once, until a probe is answered:
/// nobody waits for a Redis that is away more than once.
/// </summary>
internal sealed partial class RedisLink(RedisSettings settings, string region, ILoggerFactory logging, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How long to wait for Redis; StackExchange.Redis itself looks at its time-outs once a second.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(1);

    // Longer than the nodes that live need to bring back what a Redis that has restarted knew.
    private static readonly TimeSpan Forgetful = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(250);

    private readonly ILogger _logger = logging.CreateLogger<RedisLink>();
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private IConnectionMultiplexer? _multiplexer;
    private Task _recovering = Task.CompletedTask;
    private bool _up;
    private long? _backSince;

    /// <summary>Whether commands are expected to be answered.</summary>
    public bool IsUp
    {
        get { lock (_gate) return _up; }
    }

    /// <summary>Whether it was away just now: what it does not know may be what it has forgotten.</summary>
    public bool MayHaveForgotten
    {
        get { lock (_gate) return _backSince is { } since && time.GetElapsedTime(since) < Forgetful; }
    }

    public TimeProvider Time => time;

    /// <summary>It was seen to have lost what this node had told it.</summary>
    public void HasForgotten()
    {
        lock (_gate) _backSince = time.GetTimestamp();
    }

    /// <summary>Raised on each way back up, and when a connection was replaced: what was published meanwhile may be lost.</summary>
    public event Action? Restored;

    /// <summary>The connections of now; replaced by <see cref="ReconnectAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">Not connected yet.</exception>
    public IConnectionMultiplexer Multiplexer => _multiplexer ?? throw new InvalidOperationException("Redis was not connected yet.");

    /// <summary>Tries until Redis is there.</summary>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        while (_multiplexer is null)
        {
            try
            {
                Adopt(await OpenAsync());
            }
            catch (Exception failure) when (failure is RedisConnectionException or RedisTimeoutException)
            {
                LogNotThere(region, failure.Message.Split('\n')[0]);
                await Task.Delay(ProbeInterval, time, cancellationToken);
            }
        }
    }

    /// <summary>Replaces the connections by new ones, whatever the old ones think of themselves.</summary>
    public async Task ReconnectAsync()
    {
        var old = _multiplexer;
        Adopt(await OpenAsync());
        if (old is not null) await old.DisposeAsync();
    }

    /// <exception cref="DirectoryAwayException">Redis is away.</exception>
    public async Task<T> ExecuteAsync<T>(Func<IDatabase, Task<T>> command)
    {
        if (!IsUp) throw new DirectoryAwayException();
        try
        {
            return await command(Multiplexer.GetDatabase()).WaitAsync(Patience, time);
        }
        catch (Exception failure) when (IsOutage(failure))
        {
            Down(failure);
            throw new DirectoryAwayException(failure);
        }
    }

    /// <summary>Something else that goes over these connections has failed.</summary>
    public void Down(Exception? failure)
    {
        lock (_gate)
        {
            if (!_up) return;
            _up = false;
            _recovering = Task.Run(RecoverAsync);
        }

        LogDown(region, failure?.Message.Split('\n')[0]);
    }

    public static bool IsOutage(Exception failure) =>
        failure is RedisConnectionException or RedisTimeoutException or ObjectDisposedException or TimeoutException
        || (failure is RedisServerException server && (server.Message.StartsWith("LOADING", StringComparison.Ordinal) || server.Message.StartsWith("READONLY", StringComparison.Ordinal)
            || server.Message.StartsWith("MASTERDOWN", StringComparison.Ordinal) || server.Message.StartsWith("CLUSTERDOWN", StringComparison.Ordinal)));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task recovering;
        lock (_gate) recovering = _recovering;
        await recovering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_multiplexer is { } multiplexer) await multiplexer.DisposeAsync();
        _stop.Dispose();
    }

    private async Task<IConnectionMultiplexer> OpenAsync() => await ConnectionMultiplexer.ConnectAsync(settings.ToConfiguration(logging));

    private void Adopt(IConnectionMultiplexer multiplexer)
    {
        multiplexer.ConnectionFailed += (_, failed) => OnFailed(multiplexer, failed);
        multiplexer.ConnectionRestored += (_, _) => OnRestored(multiplexer);
        lock (_gate) (_multiplexer, _up) = (multiplexer, true);
        LogUp(region);
        Restored?.Invoke();
    }

    private void OnFailed(IConnectionMultiplexer of, ConnectionFailedEventArgs failed)
    {
        if (ReferenceEquals(of, _multiplexer) && failed.ConnectionType is ConnectionType.Interactive) Down(failed.Exception);
    }

    private void OnRestored(IConnectionMultiplexer of)
    {
        if (ReferenceEquals(of, _multiplexer) && IsUp) Restored?.Invoke();
    }

    private async Task RecoverAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await Multiplexer.GetDatabase().PingAsync();
                lock (_gate) (_up, _backSince) = (true, time.GetTimestamp());
                LogUp(region);
                Restored?.Invoke();
                return;
            }
            catch (Exception failure) when (IsOutage(failure))
            {
                await Task.Delay(ProbeInterval, time, _stop.Token);
            }
        }
    }

    [LoggerMessage(10, LogLevel.Warning, "The Redis of {Region} is not there yet: {Reason}")]
    private partial void LogNotThere(string region, string reason);

    [LoggerMessage(11, LogLevel.Warning, "The Redis of {Region} is away: {Reason}. This node goes on without it.")]
    private partial void LogDown(string region, string? reason);

    [LoggerMessage(12, LogLevel.Information, "The Redis of {Region} is there")]
    private partial void LogUp(string region);
}
