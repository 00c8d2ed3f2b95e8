using Signaling.Contracts;

namespace Signaling.Client.Negotiation;

/// <summary>Adds remote candidates when their description is there: holds those that come early, drops those of a past negotiation.</summary>
/// <param name="add">Gives a candidate to the connection.</param>
internal sealed class RemoteCandidates(Func<IceCandidate, Task> add)
{
    /// <summary>Most candidates that are held.</summary>
    public const int Capacity = 256;

    // Most ufrags of past descriptions that are remembered.
    private const int Remembered = 32;

    private HashSet<string>? current;
    private List<string> past = [];
    private Queue<IceCandidate> held = new();

    /// <summary>Takes in what arrived.</summary>
    public async Task ReceiveAsync(IEnumerable<IceCandidate> candidates)
    {
        foreach (var candidate in candidates)
        {
            var ufrag = Ufrag.Of(candidate);
            if (ufrag is not null && past.Contains(ufrag)) continue;
            if (Belongs(ufrag)) await add(candidate).ConfigureAwait(false);
            else Hold(candidate);
        }
    }

    /// <summary>The remote description is now this one; <c>null</c> when the only one was rolled back.</summary>
    public async Task AppliedAsync(SessionDescription? description)
    {
        var former = current ?? [];
        current = description is null ? null : Ufrag.Of(description);
        past = [.. past.Concat(former).Where(ufrag => current?.Contains(ufrag) != true).Distinct()];
        if (past.Count > Remembered) past.RemoveRange(0, past.Count - Remembered);

        var early = held;
        held = new();
        await ReceiveAsync(early).ConfigureAwait(false);
    }

    /// <summary>A candidate without ufrag is taken to belong to the description that is there.</summary>
    private bool Belongs(string? ufrag) => current is not null && (ufrag is null || current.Contains(ufrag));

    private void Hold(IceCandidate candidate)
    {
        if (held.Count == Capacity) held.Dequeue();
        held.Enqueue(candidate);
    }
}
