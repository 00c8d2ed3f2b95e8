using Signaling.Client.Negotiation.Reports;
using Signaling.Client.Rooms.Links;
using Signaling.Contracts;

namespace Signaling.Client.Negotiation;

/// <summary>Sees to a connection's ICE: gives it the room's servers, restarts it when the path is lost or in doubt, and reports what came of it.</summary>
internal sealed class IceCare : IDisposable
{
    private readonly object gate = new();
    private readonly PeerCall call;
    private readonly IPeerConnection connection;
    private readonly IConfigurablePeerConnection? configurable;
    private readonly IMeasuredPeerConnection? measured;
    private readonly Func<Func<Task>, Task> start;
    private readonly ConnectionRecord record;
    private readonly ConnectionReporter reporter;
    private readonly IceRestarter restarter;
    private readonly CancellationToken ending;
    private string? remoteUfrag;
    private volatile Task configuring = Task.CompletedTask;
    private volatile Task restarting = Task.CompletedTask;

    /// <param name="call">The call.</param>
    /// <param name="connection">Its connection.</param>
    /// <param name="polite">Whether this side lets the other restart first.</param>
    /// <param name="configures">Whether the connection is given the room's servers.</param>
    /// <param name="start">Runs work of the negotiator, as long as that lives; errors are told.</param>
    /// <param name="ending">Cancelled when the negotiator ends.</param>
    public IceCare(PeerCall call, IPeerConnection connection, bool polite, bool configures, Func<Func<Task>, Task> start, CancellationToken ending)
    {
        (this.call, this.connection, this.start, this.ending) = (call, connection, start, ending);
        configurable = configures ? connection as IConfigurablePeerConnection : null;
        measured = connection as IMeasuredPeerConnection;
        record = new(call.Room.Time, call.KnownAt);
        reporter = new(record, Send, Later, call.Room.Time);
        restarter = new(polite, again => restarting = start(() => RestartAsync(again)), GaveUp, call.Room.Time, new FullJitterReconnectPolicy());
        Listen();
        Configure();
    }

    /// <inheritdoc cref="ConnectionRecord.Restarts"/>
    public int Restarts
    {
        get
        {
            lock (gate) return record.Restarts;
        }
    }

    /// <summary>Completes when the connection has its servers; never fails.</summary>
    public Task Configured => configuring;

    /// <summary>A description was applied.</summary>
    public void Applied()
    {
        var (state, remote) = (connection.SignalingState, Ufrag.FirstOf(connection.RemoteDescription));
        var byOther = false;
        lock (gate)
        {
            reporter.Began();
            byOther = state is PeerSignalingState.HaveRemoteOffer && remote != remoteUfrag;
            remoteUfrag = remote;
            if (record.Applied(state, connection.LocalDescription) && connection.ConnectionState is PeerConnectionState.Connected) Became(ConnectionOutcome.Connected);
        }

        if (byOther) restarter.OtherRestarted();
    }

    public void Gathered(IceCandidate candidate)
    {
        if (candidate.Candidate.Length == 0) return;
        lock (gate) record.Gathered();
    }

    /// <summary>The connection's state has changed.</summary>
    public void Changed()
    {
        var state = connection.ConnectionState;
        lock (gate)
        {
            record.Became(state);
            if (state is PeerConnectionState.Connected) Became(ConnectionOutcome.Connected);
        }

        restarter.Changed(state);
    }

    /// <summary>The app asks for a restart.</summary>
    /// <returns>Completes when the connection has been told; never fails.</returns>
    public Task RestartAsync()
    {
        restarter.Restart();
        return restarting;
    }

    public void Dispose()
    {
        restarter.Dispose();
        Report();
        call.Room.Calls.ServersChanged -= Configure;
        call.Room.Calls.NetworkChanged -= restarter.NetworkChanged;
        call.Room.Calls.Resumed -= restarter.Resumed;
        call.Room.Calls.PeerReturned -= OnPeerReturned;
        call.Room.Calls.Leaving -= Report;
        if (measured is null) return;
        measured.IceStateChanged -= OnIceStateChanged;
        measured.IceServerFailed -= OnIceServerFailed;
    }

    private void Listen()
    {
        call.Room.Calls.ServersChanged += Configure;
        call.Room.Calls.NetworkChanged += restarter.NetworkChanged;
        call.Room.Calls.Resumed += restarter.Resumed;
        call.Room.Calls.PeerReturned += OnPeerReturned;
        call.Room.Calls.Leaving += Report;
        if (measured is null) return;
        measured.IceStateChanged += OnIceStateChanged;
        measured.IceServerFailed += OnIceServerFailed;
    }

    private void Configure()
    {
        if (configurable is not null) configuring = start(() => configurable.ConfigureIceAsync(call.Room.Ice.Servers, call.Room.IceTransportPolicy));
    }

    private async Task RestartAsync(bool again)
    {
        if (again || call.Room.FreshIce.IsStale)
        {
            await call.Room.FreshIce.FreshenAsync(ending).ConfigureAwait(false);
            if (call.IsOver || (again && connection.ConnectionState is PeerConnectionState.Connected)) return;
        }

        await configuring.ConfigureAwait(false);
        await connection.RestartIceAsync().ConfigureAwait(false);
    }

    private void GaveUp()
    {
        lock (gate) Became(ConnectionOutcome.Failed);
    }

    /// <summary>Call under the lock.</summary>
    private void Became(ConnectionOutcome outcome)
    {
        reporter.Become(outcome);
        _ = start(ReadAsync);
    }

    private void Report()
    {
        lock (gate) reporter.Close();
    }

    private void Send(ConnectionOutcome outcome, bool last) => call.Room.Report(record.Report(call.Room.Id, call.PeerId, outcome), last);

    private ITimer Later(TimeSpan delay, Action act) => call.Room.Time.CreateTimer(
        _ => start(async () =>
        {
            await ReadAsync().ConfigureAwait(false);
            lock (gate) act();
        }),
        null,
        delay,
        Timeout.InfiniteTimeSpan);

    private async Task ReadAsync()
    {
        if (measured is null) return;
        var pair = await measured.GetSelectedPairAsync().ConfigureAwait(false);
        lock (gate)
        {
            record.Selected(pair);
            record.DtlsBecame(measured.DtlsState);
        }
    }

    private void OnPeerReturned(string peerId)
    {
        if (peerId == call.PeerId) restarter.PeerReturned();
    }

    private Task OnIceStateChanged()
    {
        lock (gate) record.IceBecame(measured!.IceState);
        return Task.CompletedTask;
    }

    private Task OnIceServerFailed(IceServerFailure failure)
    {
        lock (gate) record.ServerFailed(failure);
        return Task.CompletedTask;
    }
}
