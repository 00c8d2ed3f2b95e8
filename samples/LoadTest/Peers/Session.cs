using System.Text.Json;
using Signaling.Contracts;
using Signaling.LoadTest.Accounting;
using Signaling.LoadTest.Connections;
using Signaling.LoadTest.Messages;

namespace Signaling.LoadTest.Peers;

/// <summary>One stay in a room: a connection from its upgrade to its end.</summary>
internal sealed class Session(LoadRun run, Peer peer, int number, string room)
{
    /// <summary>Twice SignalR's keep-alive: a hub that lives has said something by then.</summary>
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(2);

    private HubConnection? connection;
    private ConnectFailure? failure;
    private PingClock? pings;
    private TimeSpan heard;
    private TimeSpan intended;
    private bool leaving;

    public int Number => number;

    public string Room => room;

    /// <summary>Known from its own welcome or from somebody's roster, whichever came first.</summary>
    public string? PeerId { get; private set; }

    public Roommates Mates { get; } = new();

    public bool IsJoined { get; private set; }

    public bool HasEnded { get; private set; }

    /// <summary>Connects, joins and stays until it ends.</summary>
    /// <param name="hub">Where.</param>
    /// <param name="token">Its token, if any.</param>
    /// <param name="due">When the join was meant to begin.</param>
    public async Task<SessionEnd> LiveAsync(HubAddress hub, string? token, TimeSpan due)
    {
        intended = due;
        try
        {
            await ConnectAsync(hub, token);
            await ReadAsync();
        }
        catch (ConnectFailure refused)
        {
            failure ??= refused;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException)
        {
            failure ??= new ConnectFailure(ConnectFailure.Malformed, canRetry: false);
        }

        var joined = IsJoined;
        (IsJoined, HasEnded) = (false, true);
        connection?.Dispose();
        connection = null;
        return new SessionEnd(joined, leaving ? null : failure ?? new ConnectFailure(ConnectFailure.Closed, canRetry: true));
    }

    /// <summary>Sends a signal that was due at that time.</summary>
    public void Send(Session to, SignalBody body, TimeSpan due)
    {
        if (!IsJoined || connection is not { } open || to.PeerId is not { } receiver)
        {
            run.Meters.Skipped.Add();
            return;
        }

        var tag = new SignalTag(run.Sessions.Run, number, run.Ledger.Send(number, to.Number), due);
        run.Meters.SendLag.Record(run.Clock.Now - due);
        open.Send(Invocations.Send(room, receiver, to.Number, tag, body));
    }

    /// <summary>Leaves as a user does who hangs up, or who pulls the plug.</summary>
    public void Leave(bool politely)
    {
        (leaving, IsJoined, HasEnded) = (true, false, true);
        if (connection is not { } open) return;
        if (!politely)
        {
            open.Dispose();
            return;
        }

        open.Send(Invocations.Leave(room));
        open.Finish();
        run.Scheduler.At(run.Clock.Now + GoodbyeLimit, _ => open.Dispose());
    }

    private async Task ConnectAsync(HubAddress hub, string? token)
    {
        using var patience = new CancellationTokenSource(run.Options.ConnectTimeout, run.Clock.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, run.Stopping);
        try
        {
            var query = $"{ConnectQuery.Room}={room}&{ConnectQuery.Name}={run.Sessions.NameOf(number)}";
            connection = new HubConnection(await run.Dialer.OpenAsync(hub, query, token, either.Token), run.Traffic);
        }
        catch (OperationCanceledException)
        {
            throw new ConnectFailure(ConnectFailure.TimedOut, canRetry: true);
        }

        if (leaving) connection.Dispose(); // The run ended meanwhile.
        heard = run.Clock.Now;
        connection.Send(Invocations.Handshake());
        run.Scheduler.At(heard + run.Options.ConnectTimeout, _ =>
        {
            if (!IsJoined) GiveUp(ConnectFailure.TimedOut);
        });
    }

    private async Task ReadAsync()
    {
        using var records = new RecordSplitter();
        while (connection is { } open && await open.ReadAsync(records))
        {
            heard = run.Clock.Now;
            while (records.TryTake(out var record)) Handle(HubMessageReader.Read(record));
        }
    }

    private void Handle(in HubMessage message)
    {
        switch (message.Type)
        {
            case HubMessageType.HandshakeDone when message.Error is not null:
                failure ??= new ConnectFailure(ErrorText.CodeOf(message.Error), canRetry: false);
                break;
            case HubMessageType.Welcome:
                Welcome(message);
                break;
            case HubMessageType.PeerJoined:
                Meet(message.Peers ?? []);
                break;
            case HubMessageType.PeerLeft:
                Mates.Remove(message.PeerId);
                break;
            case HubMessageType.Signal:
                Receive(message);
                break;
            case HubMessageType.Completion:
                Complete(message);
                break;
            case HubMessageType.Close when message.Error is not null:
                failure ??= SignalingError.TryParse(message.Error, out var error)
                    ? ConnectFailure.Of(error!)
                    : new ConnectFailure(ErrorText.CodeOf(message.Error), canRetry: true);
                break;
        }
    }

    private void Welcome(in HubMessage message)
    {
        PeerId = message.PeerId;
        Meet(message.Peers ?? []);
        if (HasEnded) return;
        IsJoined = true;
        run.Meters.Join.Record(heard - intended);
        peer.Joined();
        pings = new PingClock(run, connection!, Silence);
        pings.Start(heard);
        run.Script.Joined(this, heard);
    }

    private void Meet(List<Mate> mates)
    {
        foreach (var (id, name) in mates)
        {
            if (id == PeerId || run.Sessions.Find(name) is not { } mate) continue;
            mate.PeerId ??= id;
            Mates.Add(mate);
        }
    }

    private void Receive(in HubMessage message)
    {
        if (HasEnded) return;
        if (message.Tag is not { } tag || tag.Run != run.Sessions.Run)
        {
            run.Ledger.Foreign.Add();
            return;
        }

        if (run.Ledger.Receive(tag.Sender, number, tag.Seq) is not (Arrival.First or Arrival.Reordered)) return;
        run.Meters.Latency.Record(heard - tag.Intended);
        if (run.Sessions.Find(tag.Sender) is { } sender) run.Script.Received(this, sender, message.Kind, heard);
    }

    private void Complete(in HubMessage message)
    {
        if (message.Error is not null) run.Meters.AddError(ErrorText.CodeOf(message.Error));
        if (message.InvocationId is Invocations.PingId) pings?.Answered(heard);
        else if (Invocations.TryReadId(message.InvocationId, out var receiver, out var seq))
        {
            if (message.Error is null) run.Ledger.Accept(number, receiver, seq);
            else run.Ledger.Refuse(number, receiver, seq);
        }
    }

    private bool Silence(TimeSpan now)
    {
        if (HasEnded || now - heard < SilenceLimit) return HasEnded;
        GiveUp(ConnectFailure.Silent);
        return true;
    }

    private void GiveUp(string code)
    {
        if (HasEnded) return;
        failure ??= new ConnectFailure(code, canRetry: true);
        connection?.Dispose();
    }
}
