using Signaling.Client.Events;
using Signaling.Client.Negotiation;
using Signaling.Client.Rooms.Links;
using Signaling.Client.Telemetry;
using Signaling.Contracts;

namespace Signaling.Client;

/// <summary>
/// Negotiates one <see cref="IPeerConnection"/> with one peer by the W3C perfect-negotiation pattern (W3C WebRTC §10.7): add tracks or data channels to the
/// connection at any time, on either side, and it comes about. When both offer at once, the polite side (the peer whose id is smaller) gives way.
/// </summary>
/// <remarks>
/// <para>Sees to ICE besides. It gives the connection the room's servers (<see cref="IConfigurablePeerConnection"/>). It restarts ICE when the connection has
/// failed, was disconnected for 3 s, or the network has changed (<see cref="SignalingClient.NotifyNetworkChanged"/>); again after growing, random delays, with fresh
/// servers, until it is connected or eight did not help. What both sides see, the impolite side repairs, whose offer holds in glare; the polite one follows
/// 2.5 s later when nothing has come of that. And it reports to the hub what came of the connection (<see cref="IMeasuredPeerConnection"/>).</para>
/// <para>Create it before adding tracks, one for each peer. It is the reader of <see cref="RemotePeer.Signals"/>; leave them to it.</para>
/// <para>It ends by itself, without an error, when the peer leaves, and when this client rejoins the room (<see cref="Room.Rejoined"/>): then this client is
/// a new peer, to which the others make new connections, so create new peer connections and a new negotiator for each peer of the room. Dispose the old one
/// in any case; only that waits for work which still runs.</para>
/// <para>Members are thread-safe.</para>
/// </remarks>
/// <example>
/// <code>
/// room.PeerJoined += peer =>
/// {
///     var connection = new MyPeerConnection(room.Ice);
///     negotiators[peer] = new PerfectNegotiator(peer, connection);
///     connection.AddTrack(camera);
///     return Task.CompletedTask;
/// };
/// </code>
/// </example>
public sealed class PerfectNegotiator : IAsyncDisposable
{
    private static readonly AsyncLocal<PerfectNegotiator?> Current = new();

    private readonly object gate = new();
    private readonly CancellationTokenSource ending = new();
    private readonly BackgroundTasks background = new();
    private readonly IPeerConnection connection;
    private readonly PeerCall call;
    private readonly Func<Exception, Task>? onError;
    private readonly OfferAnswer negotiation;
    private readonly IceCare ice;
    private volatile string? offer;
    private bool ended;

    /// <summary>Negotiates from now on, until the peer leaves, this client rejoins, or disposal.</summary>
    /// <param name="peer">The peer at the other end.</param>
    /// <param name="connection">The connection to it, new and without tracks. It stays the app's: the negotiator does not close it.</param>
    /// <param name="options">Whom to tell of errors.</param>
    public PerfectNegotiator(RemotePeer peer, IPeerConnection connection, PerfectNegotiatorOptions? options = null)
    {
        this.connection = connection ?? throw new ArgumentNullException(nameof(connection));
        call = (peer ?? throw new ArgumentNullException(nameof(peer))).Call();
        onError = options?.OnError;
        IsPolite = SignalingIds.IsPolite(call.OwnId, call.PeerId);
        ice = new(call, connection, IsPolite, options?.ConfigureIce ?? true, Start, ending.Token);
        negotiation = new(connection, IsPolite, Send, TellAsync, ice.Applied);
        connection.NegotiationNeeded += OnNegotiationNeeded;
        connection.CandidateGathered += OnCandidateGathered;
        connection.ConnectionStateChanged += OnConnectionStateChanged;
        Start(ReadAsync);
    }

    /// <summary>Whether this side gives way when both offer at once.</summary>
    public bool IsPolite { get; }

    /// <summary>How often both sides agreed on a restart of ICE.</summary>
    public int IceRestarts => ice.Restarts;

    /// <summary>
    /// Renews the ICE candidates. A lost path, and a network of which <see cref="SignalingClient.NotifyNetworkChanged"/> tells, need no call. Does nothing when the
    /// peer has left.
    /// </summary>
    /// <returns>Completes when the connection has been told; errors go to <see cref="PerfectNegotiatorOptions.OnError"/>.</returns>
    public Task RestartIceAsync() => ice.RestartAsync();

    /// <summary>
    /// Stops negotiating and waits for what still runs, unless called by that. Leaves the connection as it is; close it afterwards.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        End();
        if (Current.Value != this) await background.WhenAllAsync().ConfigureAwait(false);
    }

    private async Task ReadAsync()
    {
        try
        {
            await ice.Configured.ConfigureAwait(false);
            var signals = call.Signals.WithCancellation(ending.Token).ConfigureAwait(false);
            await foreach (var signal in signals) await ProcessAsync(signal).ConfigureAwait(false);
        }
        finally
        {
            End();
        }
    }

    private async Task ProcessAsync(Signal signal)
    {
        using var span = Spans.Process(signal);
        if (signal.Description?.Type is SdpType.Offer) offer = span.TraceParent() ?? signal.TraceParent;
        await negotiation.ReceiveAsync(signal).ConfigureAwait(false);
    }

    private Task OnNegotiationNeeded()
    {
        _ = Start(OfferAsync);
        return Task.CompletedTask;
    }

    private async Task OfferAsync()
    {
        await ice.Configured.ConfigureAwait(false);
        await negotiation.OfferAsync().ConfigureAwait(false);
    }

    private Task OnCandidateGathered(IceCandidate candidate)
    {
        // Put in line here and now, which keeps the order.
        if (!IsOver) Follow(call.SendAsync(candidate, ending.Token));
        ice.Gathered(candidate);
        return Task.CompletedTask;
    }

    private Task OnConnectionStateChanged()
    {
        ice.Changed();
        return Task.CompletedTask;
    }

    private void Send(SessionDescription description)
    {
        if (!IsOver) Follow(call.SendAsync(description, offer, ending.Token));
    }

    private void Follow(Task sending) => Start(() => sending);

    /// <summary>Runs work that disposal waits for and whose errors are told.</summary>
    private Task Start(Func<Task> work)
    {
        lock (gate) return ended ? Task.CompletedTask : background.RunAsync(() => TryAsync(work));
    }

    private async Task TryAsync(Func<Task> work)
    {
        Current.Value = this;
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await TellAsync(exception).ConfigureAwait(false);
        }
    }

    private async Task TellAsync(Exception exception)
    {
        // There is no one to negotiate with, and the app hears of it otherwise.
        if (IsOver) return;
        call.Room.Logger.NegotiationFailed(exception, call.PeerId);
        if (onError is not null) await Handlers.Call(onError, exception, call.Room.Logger)().ConfigureAwait(false);
    }

    private bool IsOver => Volatile.Read(ref ended) || call.IsOver;

    private void End()
    {
        lock (gate)
        {
            if (ended) return;
            ended = true;
        }

        connection.NegotiationNeeded -= OnNegotiationNeeded;
        connection.CandidateGathered -= OnCandidateGathered;
        connection.ConnectionStateChanged -= OnConnectionStateChanged;
        negotiation.End();
        ice.Dispose();
        ending.Cancel();
    }
}
