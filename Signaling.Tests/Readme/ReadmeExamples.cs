#region quick-start
using System.Text.Json;
using Signaling.Client;
#endregion
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signaling.Contracts;
using Signaling.Lab.Proxies;
using Signaling.Tests.Client;
using Signaling.Tests.Client.Negotiation;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Readme;

/// <summary>The regions stand word for word in README.md and Signaling.Client/README.md; around them, what makes each of them happen.</summary>
internal sealed class ReadmeExamples : ClientFixture
{
    private readonly Observed<string> told = new();

    private string HubUrl => Hub.HubUrl.ToString();

    [Test]
    public async Task In_a_nutshell()
    {
        #region nutshell
        await using var client = new SignalingClient(HubUrl);
        await using var room = await client.JoinRoomAsync("math-101");
        room.PeerJoined += peer => peer.SendDataAsync(JsonSerializer.SerializeToElement("hi"));
        #endregion

        var other = await Client().JoinRoomAsync("math-101");
        (await other.Messages.TakeAsync(1))[0].Data.GetString().Should().Be("hi");
    }

    [Test]
    public async Task Regions()
    {
        var settings = new Settings();

        #region regions
        await using var client = new SignalingClient(HubUrl, new() { DiscoverRegions = true, PreferredRegion = settings.Region });
        client.RegionChanged += change => ShowAsync($"connected to {change.Current.Name}");
        await using var room = await client.JoinRoomAsync("math-101");
        settings.Region = client.NearestRegion;                       // the next start need not measure first
        #endregion

        (await told.NextAsync()).Should().Be("connected to local");
        settings.Region!.Name.Should().Be("local");

        Task ShowAsync(string text) => told.Handle(text);
    }

    [Test]
    public async Task Quick_start()
    {
        var first = await Client().JoinRoomAsync("math-101");
        var answering = AnswerAsync();

        #region quick-start
        await using var client = new SignalingClient(HubUrl);
        await using var room = await client.JoinRoomAsync("math-101", new() { Name = "Mina" });

        room.PeerJoined += peer => peer.SendDataAsync(JsonSerializer.SerializeToElement(new { chat = $"Hello, {peer}" }));
        await foreach (var message in room.Messages) Show(message.From, message.Data);
        #endregion

        (await answering).Should().Be("Hello, Jun");
        (await told.NextAsync()).Should().Be("Jun: Hello, Mina");

        async Task<string?> AnswerAsync()
        {
            var arrived = new Observed<RemotePeer>();
            first.PeerJoined += arrived.Handle;
            await arrived.NextAsync(peer => peer.Name is "Mina");
            await first.LeaveAsync();
            var others = await Client().JoinRoomAsync("math-101", new() { Name = "Jun" });
            var greeting = (await others.Messages.TakeAsync(1))[0];
            await others.SendDataAsync(JsonSerializer.SerializeToElement($"Hello, {greeting.From}"));
            return greeting.Data.GetProperty("chat").GetString();
        }

        void Show(RemotePeer peer, JsonElement data)
        {
            told.Handle($"{peer}: {data}");
            _ = room.LeaveAsync();
        }
    }

    [Test]
    public async Task State_and_messages()
    {
        var watcher = await Client().JoinRoomAsync("math-101", new() { Name = "Jun" });
        var room = await Client().JoinRoomAsync("math-101");
        var peer = room.Peers.Single();

        #region state-and-messages
        await room.SetAttributesAsync(new Dictionary<string, string?> { ["muted"] = "true", ["hand"] = null });  // null removes
        room.PeerUpdated += peer => ShowAttributes(peer, peer.Attributes);

        await room.SendDataAsync(JsonSerializer.SerializeToElement(new { chat = "Hello, everyone" }));
        await peer.SendDataAsync(new ChatLine("Hello, you"), ChatJson.Default.ChatLine);
        #endregion

        (await watcher.Messages.TakeAsync(2)).Select(message => message.Data.GetRawText()).Should()
            .Equal("""{"chat":"Hello, everyone"}""", """{"chat":"Hello, you"}""");
        watcher.Peers.Single().Attributes.Should().Equal(new Dictionary<string, string> { ["muted"] = "true" });
        await watcher.SetAttributesAsync(new Dictionary<string, string?> { ["hand"] = "true" });
        (await told.NextAsync()).Should().Be("Jun: [hand, true]");

        Task ShowAttributes(RemotePeer whose, IReadOnlyDictionary<string, string> attributes) => told.Handle($"{whose}: {string.Join(' ', attributes)}");
    }

    [Test]
    public async Task Signals()
    {
        var others = await Client().JoinRoomAsync("math-101");
        var room = await Client().JoinRoomAsync("math-101");
        var peer = room.Peers.Single();
        var sending = SendAsync();

        #region signals
        await foreach (var signal in peer.Signals)
        {
            if (signal.Description is { } description) await ApplyAsync(description);
            foreach (var candidate in signal.Candidates ?? []) await AddAsync(candidate);
        }
        #endregion

        await sending;
        (await told.NextAsync()).Should().Be("Offer");
        (await told.NextAsync()).Should().Be("candidate:1");

        Task ApplyAsync(SessionDescription description) => told.Handle(description.Type.ToString());

        async Task AddAsync(IceCandidate candidate)
        {
            await told.Handle(candidate.Candidate);
            await others.LeaveAsync();
        }

        async Task SendAsync()
        {
            var joined = new Observed<RemotePeer>();
            others.PeerJoined += joined.Handle;
            var us = others.Peers.FirstOrDefault() ?? await joined.NextAsync();
            await us.SendOfferAsync("v=0\r\n");
            await us.SendCandidatesAsync([new() { Candidate = "candidate:1" }]);
        }
    }

    [Test]
    public async Task Calls()
    {
        var room = await Client().JoinRoomAsync("math-101");
        var camera = "camera";

        #region calls
        var calls = new Dictionary<RemotePeer, (PerfectNegotiator Negotiator, MyPeerConnection Connection)>();

        foreach (var peer in room.Peers) await CallAsync(peer);
        room.PeerJoined += CallAsync;
        room.PeerLeft += departure => HangUpAsync(departure.Peer);
        room.Rejoined += async _ =>                                              // we are a new peer: calls are made anew
        {
            foreach (var peer in room.Peers) await CallAsync(peer);
        };

        async Task CallAsync(RemotePeer peer)
        {
            await HangUpAsync(peer);
            var connection = new MyPeerConnection(room.Ice.Servers);             // implements IPeerConnection
            calls[peer] = (new PerfectNegotiator(peer, connection), connection); // before the tracks
            connection.AddTrack(camera);
        }

        async Task HangUpAsync(RemotePeer peer)
        {
            if (!calls.Remove(peer, out var call)) return;
            await call.Negotiator.DisposeAsync();
            call.Connection.Close();
        }
        #endregion

        var other = await Client().JoinRoomAsync("math-101");
        (await other.Peers.Single().Signals.TakeAsync(2)).Should().Contain(signal => signal.Description != null && signal.Description.Type == SdpType.Offer);
        await other.LeaveAsync();
        await Eventually.TrueAsync(() => calls.Count is 0, "the call ends with the peer");
    }

    [Test]
    public async Task Connection()
    {
        await using var proxy = new FaultProxy(Hub.HubUrl);
        var (shown, called) = (new Observed<string>(), new Observed<string>()); // A client's events and a room's are not in order with each other.
        var other = await Client().JoinRoomAsync("math-101", new() { Name = "Jun" });
        var client = Client(proxy.Url);
        var room = await client.JoinRoomAsync("math-101");

        #region connection
        client.StateChanged += change =>
        {
            Tell($"{change.Current}: {change.Reason}, next try in {change.RetryIn}");
            return Task.CompletedTask;
        };
        room.Resumed += resumed => ShowAsync("back, as if nothing had happened");
        room.Rejoined += rejoined => CallEveryoneAsync(room.Peers);   // too late for that: calls are made anew
        #endregion

        proxy.Cut();
        await told.NextAsync(text => text.StartsWith("Reconnecting: ", StringComparison.Ordinal));
        (await shown.NextAsync()).Should().StartWith("back");
        await Hub.ForgetAsync(room);
        proxy.Cut();
        (await called.NextAsync()).Should().Be(other.PeerId);

        Task ShowAsync(string text) => shown.Handle(text);

        Task CallEveryoneAsync(IReadOnlyList<RemotePeer> peers) => called.Handle(peers.Single().Id);
    }

    [Test]
    public async Task Errors()
    {
        await using var small = await InProcessHub.StartAsync(options => options.Rooms.Capacity = 1);
        await using var holder = new SignalingClient(small.HubUrl);
        await holder.JoinRoomAsync("math-101");
        await using var client = new SignalingClient(small.HubUrl);

        #region errors
        try
        {
            await client.JoinRoomAsync("math-101");
        }
        catch (SignalingException refusal) when (refusal.Code is ErrorCode.RoomFull)
        {
            Tell("The room is full.");
        }
        #endregion

        (await told.NextAsync()).Should().Be("The room is full.");
    }

    [Test]
    public async Task Dependency_injection()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(new Tokens(told));

        #region dependency-injection
        builder.Services.AddSignalingClient(HubUrl, (services, options) =>
            options.TokenProvider = cancellation => services.GetRequiredService<Tokens>().FetchAsync(cancellation));
        #endregion

        using var host = builder.Build();
        var room = await host.Services.GetRequiredService<SignalingClient>().JoinRoomAsync("math-101");
        room.PeerId.Should().NotBeEmpty();
        (await told.NextAsync()).Should().Be("token");
    }

    private void Tell(string text) => told.Handle(text);

    /// <summary>An app's binding of its WebRTC engine; the engine is a fake.</summary>
    private sealed class MyPeerConnection(IReadOnlyList<IceServer> servers) : IPeerConnection
    {
        private readonly FakePeerConnection engine = new(() => Task.CompletedTask, servers.Count + 1);

        public event Func<Task>? NegotiationNeeded
        {
            add => engine.NegotiationNeeded += value;
            remove => engine.NegotiationNeeded -= value;
        }

        public event Func<IceCandidate, Task>? CandidateGathered
        {
            add => engine.CandidateGathered += value;
            remove => engine.CandidateGathered -= value;
        }

        public event Func<Task>? ConnectionStateChanged
        {
            add => engine.ConnectionStateChanged += value;
            remove => engine.ConnectionStateChanged -= value;
        }

        public PeerSignalingState SignalingState => engine.SignalingState;

        public PeerConnectionState ConnectionState => engine.ConnectionState;

        public SessionDescription? LocalDescription => engine.LocalDescription;

        public SessionDescription? RemoteDescription => engine.RemoteDescription;

        public void AddTrack(string track)
        {
            track.Should().Be("camera");
            engine.Need();
        }

        public void Close() => engine.IsObserved.Should().BeFalse("its negotiator is gone");

        public Task SetLocalDescriptionAsync() => engine.SetLocalDescriptionAsync();

        public Task SetRemoteDescriptionAsync(SessionDescription description) => engine.SetRemoteDescriptionAsync(description);

        public Task AddIceCandidateAsync(IceCandidate candidate) => engine.AddIceCandidateAsync(candidate);

        public Task RestartIceAsync() => engine.RestartIceAsync();
    }

    /// <summary>What an app keeps from one start to the next.</summary>
    private sealed class Settings
    {
        public RegionInfo? Region { get; set; }
    }

    private sealed class Tokens(Observed<string> told)
    {
        public async ValueTask<string?> FetchAsync(CancellationToken cancellation)
        {
            await told.Handle("token").WaitAsync(cancellation);
            return null;
        }
    }
}

#region state-and-messages
internal sealed record ChatLine(string Chat);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ChatLine))]
internal sealed partial class ChatJson : JsonSerializerContext;
#endregion
