using Signaling.Client.Connection;
using Signaling.Contracts;

namespace Signaling.Client.Rooms.Ice;

/// <summary>The STUN and TURN servers of a room, fetched anew before their credentials expire.</summary>
/// <param name="time">The clock.</param>
/// <param name="random">Spreads what many clients would do at once.</param>
/// <param name="fetch">Asks the hub; what comes is given to <see cref="Take"/>.</param>
/// <param name="refused">Told of a fetch that the hub has refused for good.</param>
internal sealed class RoomIce(TimeProvider time, Func<double> random, Func<Task> fetch, Action<Exception> refused) : IDisposable
{
    // When to fetch anew: after this part of the credentials' time.
    private const double LeastPart = 0.75;
    private const double MostPart = 0.85;

    // In the last part of their time, credentials are too old to begin something with.
    private const double StalePart = 0.9;

    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Latest = TimeSpan.FromDays(1);

    /// <summary>How long a restart waits for fresh servers, and how long those that came are fresh.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly object gate = new();
    private IceServerList? list;
    private long takenAt;
    private ITimer? timer;
    private Task? fetching;
    private bool disposed;

    /// <summary>Whether the credentials have expired or are about to.</summary>
    public bool IsStale
    {
        get
        {
            lock (gate) return list?.ExpiresInSeconds is { } seconds && Age >= TimeSpan.FromSeconds(seconds * StalePart);
        }
    }

    private TimeSpan Age => TimeSpan.FromMilliseconds(time.Milliseconds() - takenAt);

    /// <returns>Whether they are other ones than before.</returns>
    public bool Take(IceServerList news)
    {
        lock (gate)
        {
            var before = list;
            (list, takenAt) = (news, time.Milliseconds());
            RenewIn(news.ExpiresInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds * (LeastPart + (random() * (MostPart - LeastPart)))) : null);
            return before is not null && !AreSame(before.Servers, news.Servers);
        }
    }

    /// <summary>Completes when fresh ones are there, or after a short while without; never fails.</summary>
    public async Task FreshenAsync(CancellationToken cancellationToken)
    {
        Task current;
        lock (gate)
        {
            if (Age < Patience) return;

            // Many calls that fail together ask once.
            if (fetching is not { IsCompleted: false }) fetching = TryFetchAsync();
            current = fetching;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(current, time.WaitAsync(Patience, enough.Token)).ConfigureAwait(false);
        enough.Cancel();
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            timer?.Dispose();
        }
    }

    private static bool AreSame(IReadOnlyList<IceServer> one, IReadOnlyList<IceServer> other) =>
        one.Count == other.Count && one.Zip(other, (a, b) => a.Username == b.Username && a.Credential == b.Credential && a.Urls.SequenceEqual(b.Urls)).All(same => same);

    /// <summary>Call under the lock.</summary>
    private void RenewIn(TimeSpan? delay)
    {
        timer?.Dispose();
        timer = null;
        if (delay is not { } wait || disposed) return;
        var bounded = wait < Soonest ? Soonest : wait > Latest ? Latest : wait;
        timer = time.CreateTimer(_ => _ = RenewAsync(bounded), null, bounded, Timeout.InfiniteTimeSpan);
    }

    private async Task RenewAsync(TimeSpan waited)
    {
        if (await TryFetchAsync().ConfigureAwait(false)) return;

        // Until the next welcome the hub is asked more and more seldom.
        lock (gate) RenewIn(waited + waited);
    }

    private async Task<bool> TryFetchAsync()
    {
        try
        {
            await fetch().ConfigureAwait(false);
            return true;
        }
        catch (SignalingException exception)
        {
            refused(exception);
            return false;
        }
    }
}
