namespace Signaling.Hub.Ice.Health;

/// <summary>
/// How one URL of a server is: well until two probes in a row have failed, or one after clients have complained; well again after it was so for a while, so
/// that a server that comes and goes stays away.
/// </summary>
internal sealed class UrlHealth(TimeSpan returnAfter, TimeProvider time)
{
    private const int MostFailures = 2;

    private readonly Lock _gate = new();
    private UrlState _now = new(true, null, null, time.GetUtcNow());
    private int _failures;
    private long? _goodSince;
    private TaskCompletionSource _suspicion = NoSuspicion();

    /// <summary>Whether peers get it.</summary>
    public bool IsWell => Now.IsWell;

    public UrlState Now
    {
        get { lock (_gate) return _now; }
    }

    /// <summary>Done when clients complain and no probe has looked since.</summary>
    public Task Suspicion
    {
        get { lock (_gate) return _suspicion.Task; }
    }

    /// <summary>Whether the last probe has failed.</summary>
    public bool IsDoubtful
    {
        get { lock (_gate) return _failures > 0; }
    }

    /// <returns>Whether peers get it again from now on.</returns>
    public bool Succeeded(TimeSpan roundTrip)
    {
        lock (_gate)
        {
            Judge();
            _failures = 0;
            _goodSince ??= time.GetTimestamp();
            var returns = !_now.IsWell && (_now.IsSuspected || time.GetElapsedTime(_goodSince.Value) >= returnAfter);
            _now = returns ? new(true, null, roundTrip, time.GetUtcNow()) : _now with { RoundTrip = roundTrip };
            return returns;
        }
    }

    /// <returns>Whether peers get it no more from now on.</returns>
    public bool Failed(string problem)
    {
        lock (_gate)
        {
            Judge();
            _failures++;
            _goodSince = null;
            var leaves = (_now.IsWell && _failures >= MostFailures) || _now.IsSuspected;
            if (leaves) _now = new(false, problem, null, time.GetUtcNow());
            else if (!_now.IsWell) _now = _now with { Problem = problem };
            return leaves;
        }
    }

    /// <summary>Clients complain: peers get it no more until the next probe, which decides.</summary>
    /// <returns>Whether that changes anything.</returns>
    public bool Suspect()
    {
        lock (_gate)
        {
            if (!_now.IsWell) return false;
            _now = new(false, "clients report failures", _now.RoundTrip, time.GetUtcNow(), IsSuspected: true);
            _suspicion.TrySetResult();
            return true;
        }
    }

    private void Judge()
    {
        if (_suspicion.Task.IsCompleted) _suspicion = NoSuspicion();
    }

    private static TaskCompletionSource NoSuspicion() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What is known of a URL.</summary>
/// <param name="IsWell">Whether peers get it.</param>
/// <param name="Problem">Why not.</param>
/// <param name="RoundTrip">Of the last probe that was answered.</param>
/// <param name="Since">Since when it has been so.</param>
/// <param name="IsSuspected">Whether it is for what clients say that peers do not get it; a good probe clears it at once.</param>
internal sealed record UrlState(bool IsWell, string? Problem, TimeSpan? RoundTrip, DateTimeOffset Since, bool IsSuspected = false);
