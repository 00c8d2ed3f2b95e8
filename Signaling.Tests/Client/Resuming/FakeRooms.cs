using System.Collections.Immutable;
using Microsoft.AspNetCore.SignalR;
using Signaling.Contracts;

namespace Signaling.Tests.Client.Resuming;

/// <summary>Rooms as PROTOCOL.md describes them, resume included, with hooks for what a test wants to go wrong.</summary>
internal sealed class FakeRooms(IHubContext<FakeHubEndpoint, ISignalingClient> hub)
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private ImmutableList<FakePeer> peers = [];
    private readonly Dictionary<string, long> versions = [];
    private int minted;

    public static IceServerList Ice { get; } = new() { Servers = [] };

    public string Region { get; set; } = "test";

    /// <summary>The query of each connection.</summary>
    public Observed<IReadOnlyDictionary<string, string>> Connected { get; } = new();

    /// <summary>Each signal that the hub accepted, and for which peer.</summary>
    public Observed<Signal> Accepted { get; } = new();

    /// <summary>The connection of each join that was taken, before its welcome.</summary>
    public Observed<string> Entered { get; } = new();

    /// <summary>Each join by invocation.</summary>
    public Observed<JoinRequest> Joins { get; } = new();

    /// <summary>Each answer but success that a send got.</summary>
    public Observed<ErrorCode> Refused { get; } = new();

    /// <summary>Called before a join is looked at.</summary>
    public Func<JoinRequest, SignalingError?> RefuseJoin { get; set; } = _ => null;

    /// <summary>Called before a signal is looked at.</summary>
    public Func<Signal, SignalingError?> RefuseSignal { get; set; } = _ => null;

    /// <summary>Awaited between a join and its welcome.</summary>
    public Task Welcoming { get; set; } = Task.CompletedTask;

    /// <summary>Whether the answers to sends never come.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>Whether a connection whose peer is resumed elsewhere is not told.</summary>
    public bool HoldsRemovals { get; set; }

    public async Task ConnectAsync(string connection, IReadOnlyDictionary<string, string> query)
    {
        await Connected.Handle(query);
        await EnterAsync(connection, new()
        {
            Room = query[ConnectQuery.Room],
            Acks = query.ContainsKey(ConnectQuery.Acks),
            Resumable = query.ContainsKey(ConnectQuery.Resumable),
            Resume = query.TryGetValue(ConnectQuery.ResumePeer, out var peer) ? new() { PeerId = peer, Token = query[ConnectQuery.ResumeToken] } : null,
        });
    }

    public async Task JoinAsync(string connection, JoinRequest request)
    {
        await Joins.Handle(request);
        await EnterAsync(connection, request);
    }

    public Task DisconnectAsync(string connection) => InTurnAsync(async () =>
    {
        foreach (var peer in peers.Where(peer => peer.ConnectionId == connection).ToArray())
        {
            peer.ConnectionId = null;
            if (peer.IsResumable) await ChangeStateAsync(peer, PeerState.Reconnecting);
            else await RemoveAsync(peer, LeaveReason.Disconnected);
        }
    });

    public Task LeaveAsync(string connection, string room) => InTurnAsync(() => RemoveAsync(Own(connection, room), LeaveReason.Left));

    /// <param name="connection">Whose signal.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="ended">Cancelled when the connection is.</param>
    public async Task SendAsync(string connection, Signal signal, CancellationToken ended)
    {
        try
        {
            if (RefuseSignal(signal) is { } refusal) throw Refusal(refusal);
            await InTurnAsync(() => RelayAsync(Own(connection, signal.Room), signal));
        }
        catch (HubException exception)
        {
            SignalingError.TryParse(exception.Message, out var error);
            await Refused.Handle(error!.Code);
            throw;
        }

        if (LosesAnswers) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ended);
    }

    public Task SetAttributesAsync(string connection, AttributesUpdate update) => InTurnAsync(async () =>
    {
        var peer = Own(connection, update.Room);
        var attributes = peer.Info.Attributes?.ToDictionary() ?? [];
        foreach (var (key, value) in update.Attributes)
        {
            if (value is null) attributes.Remove(key);
            else attributes[key] = value;
        }

        peer.Info = peer.Info with { Attributes = attributes };
        var updated = new PeerUpdated { Room = peer.Room, Version = Next(peer.Room), PeerId = peer.Info.Id, Attributes = attributes };
        await TellAsync(peer.Room, client => client.PeerUpdated(updated));
    });

    public async Task<Roster> GetRosterAsync(string room)
    {
        Roster? roster = null;
        await InTurnAsync(() =>
        {
            roster = Snapshot(room);
            return Task.CompletedTask;
        });
        return roster!;
    }

    /// <summary>A peer of the test's own joins.</summary>
    public async Task<FakePeer> AddAsync(string room, bool acks = true)
    {
        FakePeer? added = null;
        await InTurnAsync(async () => added = await AddAsync(new FakePeer(room, new() { Id = $"{Region}-{++minted}", Acks = acks })));
        return added!;
    }

    public Task RemoveAsync(FakePeer peer) => InTurnAsync(() => RemoveAsync(peer, LeaveReason.Left));

    public Task SetStateAsync(FakePeer peer, PeerState state) => InTurnAsync(() => ChangeStateAsync(peer, state));

    /// <summary>A version that nobody is told of.</summary>
    public Task LoseDeltaAsync(string room) => InTurnAsync(() => Task.FromResult(Next(room)));

    /// <summary>A signal from a peer of the test's own.</summary>
    public Task DeliverAsync(FakePeer from, string to, Signal signal) =>
        InTurnAsync(() => Client(Find(to)).Signal(signal with { Room = from.Room, From = from.Info.Id }));

    public Task TellRemovedAsync(string peerId, ErrorCode code, string? named = null, bool forget = true) => InTurnAsync(async () =>
    {
        var peer = Find(peerId);
        var connection = Client(peer);
        if (forget) await RemoveAsync(peer, LeaveReason.Disconnected);
        await connection.Removed(new() { Room = peer.Room, PeerId = named ?? peerId, Code = code, Action = SignalingError.ActionOf(code) });
    });

    /// <summary>The hub loses a peer without a word to anyone.</summary>
    public Task ForgetAsync(string peerId) => InTurnAsync(() =>
    {
        peers = peers.Remove(Find(peerId));
        return Task.CompletedTask;
    });

    public Task TellGoingAwayAsync(string connection) => hub.Clients.Client(connection).GoingAway(new() { DeadlineMs = 60_000, SpreadMs = 0 });

    public string ConnectionOf(string peerId) => Find(peerId).ConnectionId!;

    /// <summary>Nothing can be resumed any more.</summary>
    public Task ExpireAsync() => InTurnAsync(async () =>
    {
        foreach (var peer in peers.Where(peer => peer.Token is not null).ToArray()) await RemoveAsync(peer, LeaveReason.Disconnected);
    });

    private async Task EnterAsync(string connection, JoinRequest request)
    {
        if (RefuseJoin(request) is { } refusal) throw Refusal(refusal);
        Welcome? welcome = null;
        await InTurnAsync(async () =>
        {
            var peer = request.Resume is { } resume ? await ResumeAsync(resume) : await AddAsync(new(request.Room, Info(request)) { IsResumable = request.Resumable });
            peer.ConnectionId = connection;
            peer.Token = $"token-{++minted}";
            welcome = Welcome(peer, request.Resume is not null);
        });
        await Entered.Handle(connection);
        await Welcoming;
        await hub.Clients.Client(connection).Welcome(welcome!);
    }

    private async Task<FakePeer> ResumeAsync(ResumeRequest resume)
    {
        var peer = peers.Find(peer => peer.Info.Id == resume.PeerId && peer.Token == resume.Token)
            ?? throw Refusal(new(ErrorCode.ResumeExpired, "The peer is gone."));
        if (peer.ConnectionId is not null)
        {
            if (!HoldsRemovals) await Client(peer).Removed(new() { Room = peer.Room, PeerId = peer.Info.Id, Code = ErrorCode.Replaced, Action = ErrorAction.GiveUp });
            peer.ConnectionId = null;
        }

        if (peer.IsAway) await ChangeStateAsync(peer, PeerState.Connected);
        return peer;
    }

    private async Task<FakePeer> AddAsync(FakePeer peer)
    {
        var joined = new PeerJoined { Room = peer.Room, Version = Next(peer.Room), Peer = peer.Info };
        await TellAsync(peer.Room, client => client.PeerJoined(joined));
        peers = peers.Add(peer);
        return peer;
    }

    private async Task RemoveAsync(FakePeer peer, LeaveReason reason)
    {
        peers = peers.Remove(peer);
        var left = new PeerLeft { Room = peer.Room, Version = Next(peer.Room), PeerId = peer.Info.Id, Reason = reason };
        await TellAsync(peer.Room, client => client.PeerLeft(left));
    }

    private async Task ChangeStateAsync(FakePeer peer, PeerState state)
    {
        peer.Info = peer.Info with { State = state is PeerState.Connected ? null : state };
        var changed = new PeerStateChanged { Room = peer.Room, Version = Next(peer.Room), PeerId = peer.Info.Id, State = state };
        await TellAsync(peer.Room, client => client.PeerStateChanged(changed));
    }

    private async Task RelayAsync(FakePeer from, Signal signal)
    {
        var others = peers.Where(peer => peer.Room == signal.Room && peer != from).ToArray();
        if (signal.To is { } to)
        {
            var target = others.FirstOrDefault(peer => peer.Info.Id == to) ?? throw Refusal(new(ErrorCode.PeerNotInRoom, "It is not here."));
            if (target.IsAway) throw Refusal(new(ErrorCode.PeerUnreachable, "It is reconnecting."));
            others = [target];
        }

        foreach (var other in others)
        {
            var copy = signal with { From = from.Info.Id, To = other.Info.Id, Seq = signal.Seqs?.GetValueOrDefault(other.Info.Id) ?? signal.Seq, Seqs = null };
            await Accepted.Handle(copy);
            if (other.ConnectionId is not null) await Client(other).Signal(copy);
        }
    }

    private static HubException Refusal(SignalingError error) => new(error.ToString());

    private PeerInfo Info(JoinRequest request) => new() { Id = $"{Region}-{++minted}", Acks = request.Acks, Attributes = request.Attributes };

    private Welcome Welcome(FakePeer peer, bool resumed) => new()
    {
        Room = peer.Room,
        PeerId = peer.Info.Id,
        Roster = Snapshot(peer.Room),
        Ice = Ice,
        Limits = new() { Capacity = 50, MessageBytes = SignalingLimits.MaxMessageBytes, InvocationsPerSecond = 100_000 },
        Region = Region,
        Resumed = resumed,
        Resume = new() { Token = peer.Token!, WindowMs = 30_000 },
        ProtocolVersion = ProtocolVersion.Current,
    };

    private Roster Snapshot(string room) => new()
    {
        Room = room,
        Version = versions.GetValueOrDefault(room),
        Peers = [.. peers.Where(peer => peer.Room == room).Select(peer => peer.Info)],
    };

    private long Next(string room) => versions[room] = versions.GetValueOrDefault(room) + 1;

    private FakePeer Find(string peerId) => peers.Single(peer => peer.Info.Id == peerId);

    private FakePeer Own(string connection, string room) =>
        peers.Find(peer => peer.Room == room && peer.ConnectionId == connection) ?? throw Refusal(new(ErrorCode.NotInRoom, "You are not here."));

    private ISignalingClient Client(FakePeer peer) => hub.Clients.Client(peer.ConnectionId!);

    private async Task TellAsync(string room, Func<ISignalingClient, Task> tell)
    {
        foreach (var peer in peers.Where(peer => peer.Room == room && peer.ConnectionId is not null).ToArray()) await tell(Client(peer));
    }

    private async Task InTurnAsync(Func<Task> work)
    {
        await turn.WaitAsync();
        try
        {
            await work();
        }
        finally
        {
            turn.Release();
        }
    }
}
