using Microsoft.Extensions.Logging;
using Signaling.Client.Channel;
using Signaling.Client.Connection;
using Signaling.Client.Events;
using Signaling.Client.Regions;
using Signaling.Client.Rooms;
using Signaling.Client.Rooms.Rosters;
using Signaling.Contracts;

namespace Signaling.Client;

/// <summary>Being in the room: as one peer over any number of connections, as a new one where the hub does not take it back.</summary>
public sealed partial class Room
{
    private readonly Func<Room, Task> leave;
    private readonly Action<Room> rejoin;
    private readonly BackgroundTasks background;
    private readonly RoomAnnouncements announcements = new();
    private readonly MessageQueue<RoomMessage> messages;
    private readonly OwnAttributes ownAttributes;
    private TaskCompletionSource<HubSession> joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RoomEntry? entry;
    private HubSession? former;
    private (Region Issuer, ResumeRequest Request)? grant;
    private Welcome? welcome;
    private RoomClosed? ending;

    internal Room(
        string id, JoinOptions options, SignalingClientOptions client, ChannelCounts repairs, BackgroundTasks background, Func<Room, Task> leave, Action<Room> rejoin)
    {
        Id = id;
        Options = options;
        Repairs = repairs;
        Time = client.TimeProvider;
        Logger = client.LoggerFactory.CreateLogger<Room>();
        this.background = background;
        this.leave = leave;
        this.rejoin = rejoin;
        ownAttributes = new(this, options.Attributes, Time);
        messages = new(Gate, DeliverHeld, MessageDropped);
        pump = new(NextEvent, client.EventContext, Logger);
    }

    internal object Gate { get; } = new();

    internal TimeProvider Time { get; }

    internal ILogger Logger { get; }

    /// <summary>What the channels to its peers had to repair.</summary>
    internal ChannelCounts Repairs { get; }

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

    /// <summary>Whether nobody else is in the room.</summary>
    internal bool IsAlone
    {
        get
        {
            lock (Gate) return peers.Count == 0;
        }
    }

    private Welcome Current => Volatile.Read(ref welcome) ?? throw new InvalidOperationException("The room was not joined.");

    /// <summary>How to ask for it: for the peer that this client is, where that is of use, or as a new one.</summary>
    internal JoinRequest JoinRequest(Region region)
    {
        lock (Gate)
        {
            var resume = grant is var (issuer, request) && issuer.Is(region) ? request : null;
            return new() { Room = Id, Name = Options.Name, Attributes = ownAttributes.Wanted(), Acks = true, Resumable = true, Resume = resume, Rejoin = resume is null && WasJoined };
        }
    }

    /// <summary>The attributes to set where the first join could not carry them; later ones are compared with what the hub has.</summary>
    internal AttributesUpdate? MissingAttributes() => !WasJoined && ownAttributes.Wanted() is { } wanted
        ? new() { Room = Id, Attributes = wanted.ToDictionary(pair => pair.Key, pair => (string?)pair.Value) }
        : null;

    /// <summary>The peer cannot be resumed.</summary>
    /// <returns><c>false</c> when there was none to resume.</returns>
    internal bool ForgetGrant()
    {
        lock (Gate)
        {
            var known = grant is not null;
            grant = null;
            return known;
        }
    }

    internal void Close(SignalingException? reason)
    {
        lock (Gate)
        {
            if (ending is not null) return;
            ending = new(reason);
            Session = null;
            entry?.End();
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

    internal void MessageDropped() => Logger.MessageDropped();

    /// <summary>Invokes a method about this room that may safely be repeated, until the hub has answered.</summary>
    internal async Task<T> InvokeAsync<T>(string method, CancellationToken cancellationToken) =>
        await Repeat.UntilAnsweredAsync(
            this, Time, session => session.InvokeAsync<T>(method, new RoomRequest { Room = Id }, cancellationToken), cancellationToken).ConfigureAwait(false);

    internal Task OrCancelledAsync(Task task, CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled ? task.WaitAsync(Timeout.InfiniteTimeSpan, Time, cancellationToken) : task;

    private void DeliverHeld()
    {
        foreach (var peer in Peers) peer.DeliverHeld();
    }

    private void ThrowIfClosed()
    {
        if (ending is not null) throw ending.Reason ?? HubErrors.New(ErrorCode.NotInRoom, "The room was left.");
    }
}
