using Microsoft.Extensions.Logging;
using Signaling.Client.Connection;
using Signaling.Client.Events;
using Signaling.Client.Rooms;
using Signaling.Contracts;

namespace Signaling.Client;

/// <summary>Being in the room: what the hub says of it, over one connection after another.</summary>
public sealed partial class Room
{
    private readonly Func<Room, Task> leave;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly BackgroundTasks background;
    private readonly RosterView roster = new();
    private readonly Dictionary<string, RemotePeer> peers = [];
    private readonly RoomAnnouncements announcements = new();
    private readonly MessageQueue<RoomMessage> messages;
    private readonly OwnAttributes ownAttributes;
    private TaskCompletionSource<HubSession> joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Welcome? welcome;
    private RoomClosed? ending;
    private bool rereading;

    internal Room(string id, JoinOptions options, SignalingClientOptions client, BackgroundTasks background, Func<Room, Task> leave)
    {
        Id = id;
        Options = options;
        time = client.TimeProvider;
        logger = client.LoggerFactory.CreateLogger<Room>();
        this.background = background;
        this.leave = leave;
        ownAttributes = new(this, options.Attributes, time);
        messages = new(Gate, DeliverHeld, MessageDropped);
        pump = new(NextEvent, client.EventContext, logger);
    }

    internal object Gate { get; } = new();

    internal TimeProvider Time => time;

    internal ILogger Logger => logger;

    internal JoinOptions Options { get; }

    /// <summary>The connection on which this client is in the room now.</summary>
    internal HubSession? Session { get; private set; }

    /// <summary>Whether this client ever was in the room.</summary>
    internal bool WasJoined => Volatile.Read(ref welcome) is not null;

    /// <summary>Completes when this client is in the room; fails when it never will be.</summary>
    internal Task<HubSession> Joined
    {
        get
        {
            lock (Gate)
            {
                if (Session is { Ended.IsCompleted: true } over) OnDisconnected(over);
                return joined.Task;
            }
        }
    }

    private Welcome Current => Volatile.Read(ref welcome) ?? throw new InvalidOperationException("The room was not joined.");

    private IEnumerable<RemotePeer> Present => roster.Peers.Select(peer => peer.Id).Where(peers.ContainsKey).Select(id => peers[id]);

    internal JoinRequest JoinRequest() => new() { Room = Id, Name = Options.Name, Attributes = ownAttributes.Wanted(), Acks = true };

    /// <summary>The attributes to set where the join could not carry them.</summary>
    internal AttributesUpdate? MissingAttributes() => ownAttributes.Wanted() is { } wanted
        ? new() { Room = Id, Attributes = wanted.ToDictionary(pair => pair.Key, pair => (string?)pair.Value) }
        : null;

    internal void OnWelcome(HubSession session, Welcome news)
    {
        lock (Gate)
        {
            if (ending is not null) return;
            var before = welcome;
            (welcome, Session) = (news, session);
            roster.Replace(news.Roster);
            if (before is not null)
            {
                announcements.OldPeerId ??= before.PeerId;
                var reason = HubErrors.New(ErrorCode.NotInRoom, "The connection was lost and the room joined anew; whether the signal had arrived is not known.");
                foreach (var peer in Present.ToArray()) peer.Relink(NewLink(roster.Peers.First(info => info.Id == peer.Id)), reason);
            }

            SyncPeers();
            if (before is null) foreach (var peer in peers.Values) announcements.Know(peer);
            joined.TrySetResult(session);
        }

        logger.Joined(Id, news.PeerId);
        pump.Wake();
    }

    internal void OnDisconnected(HubSession session)
    {
        lock (Gate)
        {
            if (Session != session) return;
            Session = null;
            joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    internal void OnPeerJoined(HubSession session, PeerJoined news) => Apply(session, () => roster.Apply(news));

    internal void OnPeerUpdated(HubSession session, PeerUpdated news) => Apply(session, () => roster.Apply(news));

    internal void OnPeerLeft(HubSession session, PeerLeft news) => Apply(session, () =>
    {
        announcements.Left(news.PeerId, news.Reason);
        return roster.Apply(news);
    });

    /// <summary>A pong tells the version that the hub has.</summary>
    internal void OnVersion(HubSession session, long version) => Apply(session, () => version <= roster.Version);

    internal void OnSignal(HubSession session, Signal signal)
    {
        lock (Gate)
        {
            if (Session != session) return;
            if (signal.From is { } from && peers.TryGetValue(from, out var peer)) peer.Receive(signal);
            else logger.UnknownSender(signal.From, Id);
        }
    }

    internal void Close(SignalingException? reason)
    {
        lock (Gate)
        {
            if (ending is not null) return;
            ending = new(reason);
            Session = null;
            var failure = reason ?? HubErrors.New(ErrorCode.NotInRoom, "The room was left.");
            if (!joined.TrySetException(failure))
            {
                joined = new();
                joined.SetException(failure);
            }

            _ = joined.Task.Exception;
            foreach (var peer in peers.Values) peer.Close(failure);
            messages.Complete();
        }

        pump.Wake();
    }

    internal bool Deliver(RoomMessage message) => messages.TryAdd(message);

    internal void MessageDropped() => logger.MessageDropped();

    /// <summary>Invokes a method about this room that may safely be repeated, until the hub has answered.</summary>
    internal async Task<T> InvokeAsync<T>(string method, CancellationToken cancellationToken) =>
        await Repeat.UntilAnsweredAsync(
            this, time, session => session.InvokeAsync<T>(method, new RoomRequest { Room = Id }, cancellationToken), cancellationToken).ConfigureAwait(false);

    internal Task OrCancelledAsync(Task task, CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled ? task.WaitAsync(Timeout.InfiniteTimeSpan, time, cancellationToken) : task;

    private void Apply(HubSession session, Func<bool> change)
    {
        lock (Gate)
        {
            if (Session != session || ending is not null) return;
            if (change()) SyncPeers();
            else RereadRoster(session);
        }

        pump.Wake();
    }

    private void SyncPeers()
    {
        foreach (var info in roster.Peers.Where(info => info.Id != welcome!.PeerId))
        {
            if (peers.TryGetValue(info.Id, out var known)) known.Update(info);
            else peers.Add(info.Id, new(this, info, NewLink(info)));
            announcements.See(peers[info.Id]);
        }

        foreach (var gone in peers.Keys.Except(roster.Peers.Select(info => info.Id)).ToArray())
        {
            peers[gone].Close(HubErrors.New(ErrorCode.PeerNotInRoom, "The peer has left."));
            peers.Remove(gone);
        }
    }

    private void RereadRoster(HubSession session)
    {
        if (rereading) return;
        rereading = true;
        logger.RosterGap(Id);
        background.Run(async () =>
        {
            try
            {
                var fresh = await InvokeAsync<Roster>(nameof(ISignalingHub.GetRoster), CancellationToken.None).ConfigureAwait(false);
                lock (Gate)
                {
                    if (Session != session || fresh.Version < roster.Version) return;
                    roster.Replace(fresh);
                    SyncPeers();
                }
            }
            catch (SignalingException)
            {
                // The room is closed, or the next ping finds the gap again.
            }
            finally
            {
                lock (Gate) rereading = false;
                pump.Wake();
            }
        });
    }

    private PeerLink NewLink(PeerInfo info) => info.Acks
        ? new ReliableLink(Gate, Id, info.Id, Session!, time, logger)
        : new PlainLink(Gate, Id, info.Id, Session!, time, logger);

    private void DeliverHeld()
    {
        foreach (var peer in Peers) peer.DeliverHeld();
    }

    private void ThrowIfClosed()
    {
        if (ending is not null) throw ending.Reason ?? HubErrors.New(ErrorCode.NotInRoom, "The room was left.");
    }
}
