using Microsoft.Extensions.Options;
using Signaling.Contracts;
using Signaling.Hub.Ice;
using Signaling.Hub.Ice.RelayOnly;
using Signaling.Hub.Nodes;
using Signaling.Hub.Operator.Console;
using Signaling.Hub.Regions;
using Signaling.Hub.Rooms.Directory;
using Signaling.Hub.Rooms.Peers;
using Signaling.Hub.Sessions;
using Signaling.Hub.Telemetry.Metrics;

namespace Signaling.Hub.Rooms;

/// <summary>The way into a room, as a new peer or as one that resumes: asks the directory, once, welcomes the peer, and tells the others.</summary>
/// <remarks>While the directory is away a room is open to the peers of this node; <see cref="RoomRepair"/> makes up for it.</remarks>
internal sealed class Entrance(
    RoomRegistry rooms, IRoomDirectory directory, RoomAnnouncer announcer, RoomRepair repair, NodeNames names, SeatRule seats, IceServers ice, RelayOnlyRooms relayOnly,
    JoinMetrics metrics, Chronicle chronicle, BackgroundWork background, IOptions<SignalingOptions> options, TimeProvider time)
{
    // Once every node has seen, renewing its lease, that the directory was wiped: for bringing back its own peers and then those of nodes that are lost.
    private static readonly TimeSpan Restoring = TimeSpan.FromSeconds(3);

    private readonly SignalingOptions _options = options.Value;

    /// <exception cref="Refusal">The request is bad, or the room not open to this caller.</exception>
    public async Task JoinAsync(Session session, JoinRequest request)
    {
        var began = time.GetTimestamp();
        PeerRules.CheckRoom(request.Room);
        PeerRules.CheckName(request.Name);
        var attributes = PeerRules.Merge(null, request.Attributes?.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        if (!session.Caller.MayJoin(request.Room)) throw new Refusal(ErrorCode.NotAllowed, "The token does not name this room.");
        Vacate(session);
        if (session.Peers.ContainsKey(request.Room)) throw new Refusal(ErrorCode.AlreadyJoined, "This connection is in that room already.");
        if (session.Peers.Count >= SignalingLimits.MaxRoomsPerConnection) throw new Refusal(ErrorCode.TooManyRooms, $"A connection is in at most {SignalingLimits.MaxRoomsPerConnection} rooms.");

        using var hold = rooms.Take(request.Room);
        var name = names.Current;
        var peer = session.Peers[request.Room] = request.Resume is { } resume
            ? await ResumeAsync(hold.Room, session, resume)
            : await EnterAsync(hold.Room, session, request, attributes);
        if (names.Current != name) repair.Owe(hold.Room); // The others would take a peer under the former name for one of a lost node.
        var how = request.Resume is not null ? JoinKind.Resume : request.Rejoin ? JoinKind.Rejoin : JoinKind.New;
        metrics.Joined(how, began);
        chronicle.Joined(request.Room, peer.Id, how, began);
    }

    private async Task<Peer> EnterAsync(Room room, Session session, JoinRequest request, IReadOnlyDictionary<string, string>? attributes)
    {
        var token = request.Resumable ? ResumeToken.New() : null;
        var entry = new PeerEntry
        {
            Info = new PeerInfo { Id = PeerId.New(), User = session.Caller.User, Name = request.Name, Attributes = attributes, Acks = request.Acks },
            Node = names.Current,
            Joined = time.GetUtcNow().ToUnixTimeMilliseconds(),
            ResumeHash = token is null ? null : ResumeToken.Hash(token),
        };
        using var joining = new Joining(room, entry.Id, resumes: false);
        RoomSnapshot? snapshot = null;
        try
        {
            snapshot = await directory.JoinAsync(room.Id, entry, _options.Rooms.Capacity) ?? throw Full();
        }
        catch (DirectoryAwayException)
        {
            if (room.Count >= _options.Rooms.Capacity) throw Full();
        }

        var peer = room.Enter(session, entry, snapshot, roster => WelcomeTo(entry.Id, roster, token, resumed: false));
        if (snapshot is null) repair.Owe(room);
        else announcer.Put(room.Id, snapshot.Nodes, snapshot.Peers.First(known => known.Id == entry.Id), snapshot.Version);
        seats.Check(room);
        return peer;
    }

    private async Task<Peer> ResumeAsync(Room room, Session session, ResumeRequest request)
    {
        var token = ResumeToken.New();
        using var joining = new Joining(room, request.PeerId, resumes: true);
        var claim = new ResumeClaim(
            request.PeerId, session.Caller.User, ResumeToken.Hash(request.Token), ResumeToken.Hash(token), names.Current, _options.Rooms.ResumeWindow, request.Attempt,
            room.IsUnknown ? (_options.Nodes.Lease / 3) + Restoring : TimeSpan.Zero);
        Resumption? resumption = null;
        PeerEntry entry;
        try
        {
            resumption = await directory.ResumeAsync(room.Id, claim) ?? throw Expired();
            entry = resumption.Room.Peers.First(known => known.Id == claim.PeerId);
        }
        catch (DirectoryAwayException)
        {
            entry = room.ResumeAlone(claim) ?? throw Doubtful(room, claim.PeerId);
        }

        var peer = room.Resume(session, entry, resumption?.Room, roster => WelcomeTo(entry.Id, roster, token, resumed: true));
        if (resumption is null) repair.Owe(room);
        else announcer.Put(room.Id, resumption.Room.Nodes.Append(resumption.FormerNode), entry, resumption.Room.Version);
        return peer;
    }

    /// <summary>The directory may have made this node the peer's, though its answer was lost. Until the peer asks again or its time is over, it stays in the room.</summary>
    private Refusal Doubtful(Room room, string peerId)
    {
        var doubt = room.Doubt(peerId);
        var hold = rooms.Take(room.Id); // At once: a room that was let go meanwhile would be forgotten, and with it the doubt.
        background.Run(async () =>
        {
            using var held = hold;
            await Task.Delay(_options.Rooms.ResumeWindow, time, background.Stopping);
            if (room.EndDoubt(peerId, doubt)) repair.Owe(room);
        });
        return new(ErrorCode.Unavailable, "The peer cannot be resumed on this node just now.", TimeSpan.FromSeconds(1));
    }

    /// <summary>Forgets the peers that this connection is not any more.</summary>
    private static void Vacate(Session session)
    {
        foreach (var (room, _) in session.Peers.Where(pair => pair.Value.Over is not null).ToArray()) session.Peers.Remove(room);
    }

    private Refusal Full() => new(ErrorCode.RoomFull, $"The room has reached its capacity of {_options.Rooms.Capacity} peers.");

    private static Refusal Expired() => new(ErrorCode.ResumeExpired, "This peer cannot be resumed: its time is over, or the token is not its last one.");

    private Welcome WelcomeTo(string peerId, Roster roster, string? token, bool resumed) => new()
    {
        Room = roster.Room,
        PeerId = peerId,
        Roster = roster,
        Ice = ice.ForPeer(roster.Room, peerId),
        IceTransportPolicy = relayOnly.Includes(roster.Room) ? IceTransportPolicy.Relay : null,
        Limits = _options.RoomLimits,
        Region = _options.Region,
        Resumed = resumed,
        Resume = token is null ? null : new ResumeGrant { Token = token, WindowMs = (int)_options.Rooms.ResumeWindow.TotalMilliseconds },
        ProtocolVersion = ProtocolVersion.Current,
    };

    private readonly struct Joining : IDisposable
    {
        private readonly Room _room;
        private readonly string _peerId;

        public Joining(Room room, string peerId, bool resumes)
        {
            (_room, _peerId) = (room, peerId);
            room.BeginJoining(peerId, resumes);
        }

        public void Dispose() => _room.EndJoining(_peerId);
    }
}
