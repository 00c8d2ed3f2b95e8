using Signaling.Contracts;

namespace Signaling.Client.Rooms.Links;

/// <summary>
/// Gathers candidates without adding delay: the first goes out at once; those that come while it is on its way to the hub go out together.
/// </summary>
/// <param name="gate">The room's lock.</param>
/// <param name="post">Puts a signal in line.</param>
internal sealed class CandidateBatch(object gate, Action<OutgoingSignal> post)
{
    private const int MostCharacters = 16 * 1024;

    private OutgoingSignal? sending;
    private List<IceCandidate> gathering = [];
    private OutgoingSignal? gathered;

    /// <returns>The signals that carry the candidates.</returns>
    public IReadOnlyList<OutgoingSignal> Add(IReadOnlyList<IceCandidate> candidates)
    {
        var carriers = new List<OutgoingSignal>();
        lock (gate)
        {
            foreach (var candidate in candidates)
            {
                var carrier = Gather(candidate);
                if (!carriers.Contains(carrier)) carriers.Add(carrier);
            }

            if (sending is null) Flush();
        }

        return carriers;
    }

    /// <summary>Sends what has gathered, so that it stays ahead of what is sent next.</summary>
    public void Flush()
    {
        lock (gate)
        {
            if (gathered is not { } next) return;
            (sending, gathered, gathering) = (next, null, []);
            post(next);
            next.Accepted.ContinueWith(_ => Arrived(next), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private OutgoingSignal Gather(IceCandidate candidate)
    {
        if (gathering.Count >= SignalingLimits.MaxCandidates || gathering.Sum(known => known.Candidate.Length) > MostCharacters) Flush();
        gathering.Add(candidate);
        return gathered ??= OutgoingSignal.Of(gathering);
    }

    private void Arrived(OutgoingSignal signal)
    {
        lock (gate)
        {
            if (sending != signal) return;
            sending = null;
            Flush();
        }
    }
}
