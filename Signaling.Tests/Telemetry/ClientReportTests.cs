using System.Text.Json;
using Signaling.Client;
using Signaling.Tests.Hosting;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Telemetry;

/// <summary>What the .NET client tells of itself, as a scrape of the hub shows it.</summary>
internal sealed class ClientReportTests
{
    private InProcessHub _hub = null!;

    [SetUp]
    public async Task StartAsync() => _hub = await InProcessHub.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _hub.DisposeAsync();

    [Test]
    public async Task Pings_tell_round_trips_and_what_the_channels_had_to_repair()
    {
        await using var client = new SignalingClient(_hub.HubUrl, new() { PingInterval = TimeSpan.FromMilliseconds(50) });
        var room = await client.JoinRoomAsync("math-101");
        await using var connection = await RawClient.ConnectAsync(_hub.HubUrl, "room=math-101&acks=1");
        var peer = new RawPeer(connection, await connection.MessageAsync("Welcome"));
        await Eventually.TrueAsync(() => room.Peers.Count is 1, "the peer is there");

        for (var i = 0; i < 3; i++) (await connection.InvokeAsync("Send", $$"""{"room":"math-101","to":"{{room.PeerId}}","data":1,"seq":1}""")).Succeeded();
        await room.Peers[0].SendDataAsync(JsonElement.Parse("2")); // Is never acknowledged.
        await peer.SignalAsync();

        (await Scrape.UntilAsync(_hub.Address, "signaling_duplicates_removed_total", 2))["signaling_duplicates_removed_total"].Should().Be(2);
        await Scrape.UntilAsync(_hub.Address, "signaling_retransmissions_total", 2);
        await Scrape.UntilAsync(_hub.Address, """signaling_client_round_trip_seconds_count{region="local"}""", 2);
    }

    [Test]
    public async Task A_client_that_cannot_resume_says_that_it_rejoins()
    {
        await using var client = new SignalingClient(_hub.HubUrl);
        var room = await client.JoinRoomAsync("math-101");
        await _hub.ForgetAsync(room);
        var rejoined = new TaskCompletionSource();
        room.Rejoined += _ =>
        {
            rejoined.TrySetResult();
            return Task.CompletedTask;
        };

        await room.SetAttributesAsync(new Dictionary<string, string?> { ["hand"] = "up" });
        await rejoined.Task.WaitAsync(TimeSpan.FromSeconds(30));

        var scrape = await Scrape.OfAsync(_hub.Address);
        (scrape["""signaling_joins_total{kind="new"}"""], scrape["""signaling_joins_total{kind="resume"}"""], scrape["""signaling_joins_total{kind="rejoin"}"""]).Should().Be((1, 0, 1));
    }
}
