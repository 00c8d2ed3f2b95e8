using System.Text.RegularExpressions;
using Signaling.Client;
using Signaling.Contracts;

namespace Signaling.Tests.Client.Negotiation;

/// <summary>
/// The negotiation of an RTCPeerConnection (W3C WebRTC §4.4.1, §4.7.3): signaling states, the chain of operations, implicit descriptions and rollback, and
/// negotiation needed when, and only when, it may be raised. No media.
/// </summary>
/// <param name="step">Decides when an operation or an event goes on.</param>
/// <param name="candidates">How many are gathered after each new ufrag.</param>
internal sealed partial class FakePeerConnection(Func<Task> step, int candidates = 1)
{
    private static int s_generations;

    private readonly object gate = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task chain = Task.CompletedTask;
    private SessionDescription? currentLocal;
    private SessionDescription? currentRemote;
    private SessionDescription? pendingLocal;
    private SessionDescription? pendingRemote;
    private string? ufrag;
    private int chained;
    private int wanted;
    private int offered;
    private int answered;

    public event Func<Task>? NegotiationNeeded;

    public event Func<IceCandidate, Task>? CandidateGathered;

    public event Func<Task>? ConnectionStateChanged;

    public PeerSignalingState SignalingState { get; private set; }

    public PeerConnectionState ConnectionState { get; private set; }

    public SessionDescription? LocalDescription => pendingLocal ?? currentLocal;

    public SessionDescription? RemoteDescription => pendingRemote ?? currentRemote;

    /// <summary>What the next operation throws.</summary>
    public Exception? Fails { get; set; }

    /// <summary>What making the next description throws.</summary>
    public Exception? FailsToDescribe { get; set; }

    public int Restarts { get; private set; }

    /// <summary>How many offers of its own gave way to one of the other side.</summary>
    public int Yielded { get; private set; }

    public List<IceCandidate> Added { get; } = [];

    /// <summary>Whether all that this side asked for was offered and answered.</summary>
    public bool IsNegotiated => SignalingState is PeerSignalingState.Stable && answered == wanted;

    public bool IsObserved => (NegotiationNeeded, CandidateGathered, ConnectionStateChanged, IceStateChanged, IceServerFailed) is not (null, null, null, null, null);

    public static string UfragOf(SessionDescription? description) => UfragLine().Match(description?.Sdp ?? "").Groups[1].Value;

    /// <summary>As a track or a data channel that is added.</summary>
    public void Need()
    {
        lock (gate) wanted++;
        _ = RaiseNeededAsync();
    }

    /// <summary>As an engine does that tells each need once, in whatever state.</summary>
    public void NeedOnce() => NegotiationNeeded?.Invoke();

    public void Gather(IceCandidate candidate) => CandidateGathered?.Invoke(candidate);

    public void Become(PeerConnectionState state)
    {
        ConnectionState = state;
        ConnectionStateChanged?.Invoke();
    }

    /// <summary>Waits for an operation after which it is so.</summary>
    public async Task UntilAsync(Func<FakePeerConnection, bool> so)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (so(this)) return;
                next = changed.Task;
            }

            await next.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    public Task RestartIceAsync()
    {
        lock (gate)
        {
            Restarts++;
            ufrag = null;
            Pulse();
        }

        Need();
        return Task.CompletedTask;
    }

    public Task SetLocalDescriptionAsync() => OperateAsync(() =>
    {
        if (SignalingState is PeerSignalingState.HaveRemoteOffer)
        {
            (currentLocal, currentRemote) = (Describe(SdpType.Answer), pendingRemote);
            Settle();
        }
        else
        {
            (pendingLocal, offered, SignalingState) = (Describe(SdpType.Offer), wanted, PeerSignalingState.HaveLocalOffer);
        }
    });

    public Task SetRemoteDescriptionAsync(SessionDescription description) => OperateAsync(() =>
    {
        switch (description.Type, SignalingState)
        {
            case (SdpType.Offer, _):
                if (pendingLocal is not null) Yielded++;
                (pendingLocal, pendingRemote, SignalingState) = (null, description, PeerSignalingState.HaveRemoteOffer);
                break;
            case (SdpType.Rollback, PeerSignalingState.HaveRemoteOffer):
                Settle();
                break;
            case (SdpType.Answer, PeerSignalingState.HaveLocalOffer):
                (currentLocal, currentRemote, answered) = (pendingLocal, description, offered);
                Settle();
                break;
            default:
                throw new InvalidOperationException($"{description.Type} in {SignalingState}.");
        }
    });

    public Task AddIceCandidateAsync(IceCandidate candidate) => OperateAsync(() =>
    {
        if (RemoteDescription is null) throw new InvalidOperationException("No remote description.");
        var generation = candidate.UsernameFragment ?? UfragOf(RemoteDescription);
        if (generation != UfragOf(RemoteDescription)) throw new InvalidOperationException($"No generation {generation}.");
        Added.Add(candidate);
    });

    [GeneratedRegex(@"a=ice-ufrag:(\S+)")]
    private static partial Regex UfragLine();

    private async Task OperateAsync(Action operation)
    {
        var done = new TaskCompletionSource();
        Task before;
        lock (gate)
        {
            (before, chain) = (chain, done.Task);
            chained++;
        }

        try
        {
            await before;
            await step();
            lock (gate) Operate(operation);
        }
        finally
        {
            lock (gate) chained--;
            done.SetResult();
            _ = RaiseNeededAsync();
        }
    }

    private void Operate(Action operation)
    {
        var failure = Fails;
        Fails = null;
        if (failure is not null) throw failure;
        operation();
        Pulse();
    }

    private SessionDescription Describe(SdpType type)
    {
        var failure = FailsToDescribe;
        FailsToDescribe = null;
        if (failure is not null) throw failure;
        if (ufrag is null || LocalDescription is null) _ = GatherAsync(ufrag = $"u{Interlocked.Increment(ref s_generations)}");
        return new() { Type = type, Sdp = $"v=0\r\na=ice-ufrag:{ufrag}\r\ns={Interlocked.Increment(ref s_generations)}\r\n" };
    }

    private async Task GatherAsync(string generation)
    {
        for (var i = 0; i < candidates; i++)
        {
            await step();
            Gather(new() { Candidate = $"candidate:{i}", UsernameFragment = generation });
        }
    }

    private async Task RaiseNeededAsync()
    {
        await step();
        lock (gate)
        {
            if (chained > 0 || IsNegotiated || SignalingState is not PeerSignalingState.Stable) return;
        }

        NegotiationNeeded?.Invoke();
    }

    private void Settle() => (pendingLocal, pendingRemote, SignalingState) = (null, null, PeerSignalingState.Stable);

    private void Pulse()
    {
        changed.SetResult();
        changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
