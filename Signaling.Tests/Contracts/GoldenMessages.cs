using System.Text.Json;
using Signaling.Contracts;

namespace Signaling.Tests.Contracts;

/// <summary>One instance of each message with every field, and one with no more than it must have.</summary>
internal static class GoldenMessages
{
    private const string Sdp = "v=0\r\no=- 4611 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n";

    private static readonly PeerInfo FullPeer = new()
    {
        Id = "p2",
        User = "mina",
        Name = "Mina 미나 <3 & \"friends\"",
        Attributes = new Dictionary<string, string> { ["muted"] = "true", ["hand"] = "raised" },
        Acks = true,
        State = PeerState.Reconnecting,
    };

    private static readonly PeerInfo MinimalPeer = new() { Id = "p1" };

    private static readonly IceServerList FullIce = new()
    {
        Servers =
        [
            new IceServer { Urls = ["stun:stun.example.com:3478"] },
            new IceServer
            {
                Urls = ["turn:turn.example.com:3478?transport=udp", "turns:turn.example.com:5349?transport=tcp"],
                Username = "1767225600:mina",
                Credential = "b+bQ7mV/8mA=",
            },
        ],
        ExpiresInSeconds = 3600,
    };

    public static IReadOnlyDictionary<string, object> All { get; } = new Dictionary<string, object>
    {
        ["AttributesUpdate.full"] = new AttributesUpdate
        {
            Room = "math-101",
            Attributes = new Dictionary<string, string?> { ["muted"] = "true", ["hand"] = null },
        },
        ["AttributesUpdate.minimal"] = new AttributesUpdate { Room = "math-101", Attributes = new Dictionary<string, string?>() },
        ["ConnectionReport.full"] = new ConnectionReport
        {
            Room = "math-101",
            PeerId = "p2",
            Outcome = ConnectionOutcome.Failed,
            Failure = ConnectionFailure.Lost,
            OfferMs = 12,
            AnswerMs = 45,
            FirstCandidateMs = 14,
            ConnectedMs = 187,
            IceSetupMs = 175,
            Restarts = 2,
            IceState = "failed",
            DtlsState = "connected",
            LocalCandidate = CandidateType.Relay,
            RemoteCandidate = CandidateType.Srflx,
            Protocol = TransportProtocol.Udp,
            RelayProtocol = TransportProtocol.Tls,
            ServerFailures = [new IceServerFailure { Url = "turn:turn.example.com:3478?transport=udp", ErrorCode = 701 }],
        },
        ["ConnectionReport.minimal"] = new ConnectionReport { Room = "math-101", PeerId = "p2", Outcome = ConnectionOutcome.Abandoned, Restarts = 0 },
        ["GoingAway.full"] = new GoingAway { DeadlineMs = 25000, SpreadMs = 2000 },
        ["GoingAway.minimal"] = new GoingAway { DeadlineMs = 0, SpreadMs = 0 },
        ["IceServerList.full"] = FullIce,
        ["IceServerList.minimal"] = new IceServerList { Servers = [] },
        ["JoinRequest.full"] = new JoinRequest
        {
            Room = "math-101",
            Name = "Mina 미나",
            Attributes = new Dictionary<string, string> { ["muted"] = "true" },
            Acks = true,
            Resumable = true,
            Resume = new ResumeRequest { PeerId = "p2", Token = "c2VjcmV0" },
            Rejoin = true,
        },
        ["JoinRequest.minimal"] = new JoinRequest { Room = "math-101" },
        ["PeerJoined.full"] = new PeerJoined { Room = "math-101", Version = 8, Peer = FullPeer },
        ["PeerJoined.minimal"] = new PeerJoined { Room = "math-101", Version = 8, Peer = MinimalPeer },
        ["PeerLeft.full"] = new PeerLeft { Room = "math-101", Version = 9, PeerId = "p2", Reason = LeaveReason.Disconnected },
        ["PeerLeft.minimal"] = new PeerLeft { Room = "math-101", Version = 9, PeerId = "p2", Reason = LeaveReason.Left },
        ["PeerStateChanged.full"] = new PeerStateChanged { Room = "math-101", Version = 11, PeerId = "p2", State = PeerState.Reconnecting },
        ["PeerStateChanged.minimal"] = new PeerStateChanged { Room = "m", Version = 1, PeerId = "p", State = PeerState.Connected },
        ["PeerUpdated.full"] = new PeerUpdated
        {
            Room = "math-101",
            Version = 10,
            PeerId = "p2",
            Attributes = new Dictionary<string, string> { ["muted"] = "false" },
        },
        ["PeerUpdated.minimal"] = new PeerUpdated
        {
            Room = "math-101",
            Version = 10,
            PeerId = "p2",
            Attributes = new Dictionary<string, string>(),
        },
        ["Ping.full"] = new Ping { RoundTripMs = 41.5, Retransmitted = 3, Duplicates = 1 },
        ["Ping.minimal"] = new Ping(),
        ["Pong.full"] = new Pong { RosterVersions = new Dictionary<string, long> { ["math-101"] = 10, ["lobby"] = 9007199254740991 } },
        ["Pong.minimal"] = new Pong { RosterVersions = new Dictionary<string, long>() },
        ["RegionList.full"] = new RegionList
        {
            Current = "seoul",
            Regions = [new RegionInfo { Name = "seoul", Url = "https://seoul.example.com" }, new RegionInfo { Name = "frankfurt", Url = "https://frankfurt.example.com" }],
        },
        ["RegionList.minimal"] = new RegionList { Current = "local", Regions = [] },
        ["Removed.full"] = new Removed { Room = "math-101", PeerId = "p2", Code = ErrorCode.Replaced, Action = ErrorAction.GiveUp },
        ["Removed.minimal"] = new Removed { Room = "m", PeerId = "p", Code = ErrorCode.ResumeExpired, Action = ErrorAction.Rejoin },
        ["RoomRequest.full"] = new RoomRequest { Room = "AZaz09_-" },
        ["RoomRequest.minimal"] = new RoomRequest { Room = "m" },
        ["Roster.full"] = new Roster { Room = "math-101", Version = 7, Peers = [MinimalPeer, FullPeer] },
        ["Roster.minimal"] = new Roster { Room = "math-101", Version = 0, Peers = [] },
        ["Signal.full-ack"] = new Signal { Room = "math-101", From = "p1", To = "p2", Ack = 7 },
        ["Signal.full-answer"] = Described(SdpType.Answer, Sdp),
        ["Signal.full-candidates"] = new Signal
        {
            Room = "math-101",
            From = "p1",
            To = "p2",
            Candidates =
            [
                new IceCandidate
                {
                    Candidate = "candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host generation 0 ufrag 4ZcD",
                    SdpMid = "0",
                    SdpMLineIndex = 0,
                    UsernameFragment = "4ZcD",
                },
                new IceCandidate { Candidate = "" },
            ],
            Seq = 2,
            Ack = 1,
        },
        ["Signal.full-data"] = new Signal
        {
            Room = "math-101",
            From = "p1",
            To = "p2",
            Data = Json("""{"chat":"1 < 2 & \"ü\" 😀","n":1.50,"list":[true,null,{}]}"""),
            Seq = 3,
            Ack = 0,
        },
        ["Signal.full-offer"] = Described(SdpType.Offer, Sdp),
        ["Signal.full-room-data"] = new Signal
        {
            Room = "math-101",
            Data = Json("\"hi\""),
            Seqs = new Dictionary<string, long> { ["p2"] = 4, ["p3"] = 9 },
        },
        ["Signal.full-rollback"] = Described(SdpType.Rollback, sdp: null),
        ["Signal.minimal"] = new Signal { Room = "math-101" },
        ["Welcome.full"] = new Welcome
        {
            Room = "math-101",
            PeerId = "p2",
            Roster = new Roster { Room = "math-101", Version = 7, Peers = [MinimalPeer, FullPeer] },
            Ice = FullIce,
            IceTransportPolicy = IceTransportPolicy.Relay,
            Limits = new RoomLimits { Capacity = 50, MessageBytes = 65536, InvocationsPerSecond = 50 },
            Region = "seoul",
            Resumed = true,
            Resume = new ResumeGrant { Token = "c2VjcmV0", WindowMs = 30000 },
            ProtocolVersion = 1,
        },
        ["Welcome.minimal"] = new Welcome
        {
            Room = "math-101",
            PeerId = "p1",
            Roster = new Roster { Room = "math-101", Version = 1, Peers = [MinimalPeer] },
            Ice = new IceServerList { Servers = [] },
            Limits = new RoomLimits { Capacity = 2, MessageBytes = 65536, InvocationsPerSecond = 1 },
            Region = "local",
            ProtocolVersion = 1,
        },
    };

    private static Signal Described(SdpType type, string? sdp) => new()
    {
        Room = "math-101",
        From = "p1",
        To = "p2",
        Description = new SessionDescription { Type = type, Sdp = sdp },
        Seq = 1,
        Ack = 0,
        TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    };

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
