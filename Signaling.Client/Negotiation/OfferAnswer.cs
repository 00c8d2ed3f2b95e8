using Signaling.Contracts;

namespace Signaling.Client.Negotiation;

/// <summary>
/// Offers and answers by the perfect-negotiation pattern (W3C WebRTC §10.7), without the world around it. Offers are made, and signals handled, in turns, so
/// that the signaling state which one of them finds stays as it is until it is done.
/// </summary>
/// <param name="connection">The connection to negotiate.</param>
/// <param name="polite">Whether this side gives way when both offer at once.</param>
/// <param name="send">Puts a local description on its way; what comes next need not wait for the hub.</param>
/// <param name="failed">Told of what the connection throws.</param>
/// <param name="applied">Told of each description that was applied.</param>
internal sealed class OfferAnswer(
    IPeerConnection connection, bool polite, Action<SessionDescription> send, Func<Exception, Task> failed, Action? applied = null)
{
    private readonly Turns turns = new();
    private RemoteCandidates? candidates;
    private volatile bool needed;
    private volatile bool ended;

    private RemoteCandidates Candidates => candidates ??= new(AddCandidateAsync);

    /// <summary>Offers as soon as the state allows.</summary>
    public Task OfferAsync()
    {
        needed = true;
        return InTurnAsync(() => Task.CompletedTask);
    }

    /// <summary>Handles what the other side has sent.</summary>
    public Task ReceiveAsync(Signal signal) => InTurnAsync(async () =>
    {
        if (signal.Description is { } description) await ReceiveAsync(description).ConfigureAwait(false);
        if (signal.Candidates is { } arrived) await Candidates.ReceiveAsync(arrived).ConfigureAwait(false);
    });

    /// <summary>Nothing that waits is begun any more.</summary>
    public void End() => ended = true;

    private Task InTurnAsync(Func<Task> handle) => turns.TakeAsync(async () =>
    {
        await TryAsync(handle).ConfigureAwait(false);
        await TryAsync(OfferIfNeededAsync).ConfigureAwait(false);
    });

    private async Task OfferIfNeededAsync()
    {
        if (!needed || connection.SignalingState is not PeerSignalingState.Stable) return;
        needed = false;
        await DescribeAsync().ConfigureAwait(false);
    }

    private async Task ReceiveAsync(SessionDescription description)
    {
        var state = connection.SignalingState;
        var applicable = description.Type switch
        {
            // Glare: the polite side's own offer is rolled back by applying the other.
            SdpType.Offer => state is PeerSignalingState.Stable or PeerSignalingState.HaveRemoteOffer || (polite && state is PeerSignalingState.HaveLocalOffer),

            // Else an answer to an offer that was taken back.
            SdpType.Answer => state is PeerSignalingState.HaveLocalOffer,

            // Else the rollback of an offer that was ignored.
            SdpType.Rollback => state is PeerSignalingState.HaveRemoteOffer,
            _ => false,
        };
        if (!applicable) return;

        await connection.SetRemoteDescriptionAsync(description).ConfigureAwait(false);
        applied?.Invoke();
        await Candidates.AppliedAsync(connection.RemoteDescription).ConfigureAwait(false);
        if (description.Type is SdpType.Offer && !ended) await DescribeAsync().ConfigureAwait(false);
    }

    private async Task DescribeAsync()
    {
        await connection.SetLocalDescriptionAsync().ConfigureAwait(false);
        applied?.Invoke();
        if (!ended && connection.LocalDescription is { } description) send(description);
    }

    private Task AddCandidateAsync(IceCandidate candidate) =>
        // One bad candidate must not keep the others out.
        TryAsync(() => connection.AddIceCandidateAsync(candidate));

    private async Task TryAsync(Func<Task> act)
    {
        if (ended) return;
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await failed(exception).ConfigureAwait(false);
        }
    }
}
