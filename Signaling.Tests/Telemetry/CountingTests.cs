using Microsoft.Extensions.DependencyInjection;
using Signaling.Hub;
using Signaling.Hub.Ice.Choice;
using Signaling.Tests.Hosting;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Telemetry;

/// <summary>What a scrape shows after known actions of raw clients: that, and nothing else.</summary>
internal sealed class CountingTests
{
    private InProcessHub _hub = null!;

    [SetUp]
    public Task StartAsync() => StartAsync(_ => { });

    [TearDown]
    public async Task StopAsync() => await _hub.DisposeAsync();

    [Test]
    public async Task A_connection_that_joins_counts_with_its_times()
    {
        var before = await ScrapeAsync();

        await using var peer = await RawClient.JoinAsync(_hub.HubUrl, "math-101");
        var after = await SettledAsync(peer);

        after.CountsSince(before).Should().BeEquivalentTo(
        [
            "signaling_connections 1", "signaling_connections_opened_total 1", "signaling_connection_setup_seconds_count 1",
            "signaling_rooms 1", """signaling_peers{state="connected"} 1""",
            """signaling_joins_total{kind="new"} 1""", """signaling_join_seconds_count{kind="new"} 1""",
        ]);
        after["signaling_connection_setup_seconds_sum"].Should().BeInRange(0.000_01, 30);
        after["""signaling_join_seconds_sum{kind="new"}"""].Should().BeInRange(0.000_001, 30).And.BeLessThan(after["signaling_connection_setup_seconds_sum"] + 30);
    }

    [Test]
    public async Task Signals_count_by_what_they_carry_and_once_for_each_receiver()
    {
        await using var sender = await RawClient.JoinAsync(_hub.HubUrl, "math-101");
        await using var one = await RawClient.JoinAsync(_hub.HubUrl, "math-101");
        await using var other = await RawClient.JoinAsync(_hub.HubUrl, "math-101");
        var before = await SettledAsync(sender, one, other);

        foreach (var payload in new[]
        {
            """ "description":{"type":"offer","sdp":"v=0"} """, """ "description":{"type":"answer","sdp":"v=0"} """, """ "description":{"type":"rollback"} """,
            """ "candidates":[{"candidate":""}] """, """ "data":1 """, """ "ack":1 """, """ "seq":1,"ack":1 """,
        })
        {
            (await sender.Client.InvokeAsync("Send", $$"""{"room":"math-101","to":"{{one.Id}}",{{payload}}}""")).Succeeded();
        }

        (await sender.Client.InvokeAsync("Send", """{"room":"math-101","data":1}""")).Succeeded();

        (await ScrapeAsync()).CountsSince(before).Should().BeEquivalentTo(
        [
            Relayed("offer", 1), Relayed("answer", 1), Relayed("rollback", 1), Relayed("candidates", 1), Relayed("data", 3), Relayed("ack", 2),
            """signaling_signal_relay_seconds_count{path="local"} 8""",
        ]);

        static string Relayed(string kind, int times) => $$"""signaling_signals_relayed_total{kind="{{kind}}",path="local"} {{times}}""";
    }

    [Test]
    public async Task What_cannot_be_handed_on_counts_with_its_reason()
    {
        await using var sender = await RawClient.JoinAsync(_hub.HubUrl, "math-101");
        await using var away = await RawResume.JoinResumableAsync(_hub.HubUrl, "math-101");
        away.Client.Abort();
        await sender.Client.MessageAsync("PeerStateChanged");
        var before = await Scrape.UntilAsync(_hub.Address, """signaling_connections_ended_total{end="lost",age="under_10m"}""", 1);

        (await sender.SendDataAsync(away.Id, "1")).Code.Should().Be("peer-unreachable");
        (await sender.SendDataAsync("nobody", "1")).Code.Should().Be("peer-not-in-room");

        (await ScrapeAsync()).Since(before).Should().BeEquivalentTo(
        [
            """signaling_signals_undelivered_total{reason="unreachable"} 1""", """signaling_signals_undelivered_total{reason="not-in-room"} 1""",
            """signaling_refusals_total{code="peer-unreachable"} 1""", """signaling_refusals_total{code="peer-not-in-room"} 1""",
        ]);
    }

    [Test]
    public async Task Resumes_and_rejoins_count_apart_from_joins()
    {
        await using var first = await RawResume.JoinResumableAsync(_hub.HubUrl, "math-101");
        var before = await SettledAsync(first);

        await using var resumed = await first.ResumeAsync(_hub.HubUrl);
        await using var inUrl = await RawClient.ConnectAsync(_hub.HubUrl, "room=math-101&rejoin=1");
        await inUrl.MessageAsync("Welcome");
        (await inUrl.InvokeAsync("Join", """{"room":"math-102","rejoin":true}""")).Succeeded();

        var after = await ScrapeAsync();
        Kinds(after).Should().Equal(Kinds(before).Zip([0, 1, 2], (was, more) => was + more));

        static IEnumerable<double> Kinds(Scrape scrape) => new[] { "new", "resume", "rejoin" }.Select(kind => scrape[$$"""signaling_joins_total{kind="{{kind}}"}"""]);
    }

    [Test]
    public async Task Pings_tell_round_trips_retransmissions_and_duplicates_within_bounds()
    {
        await using var peer = await RawClient.JoinAsync(_hub.HubUrl, "math-101");
        var before = await SettledAsync(peer);

        (await peer.Client.InvokeAsync("Ping", """{"roundTripMs":41.5,"retransmitted":3,"duplicates":1}""")).Succeeded();
        (await peer.Client.InvokeAsync("Ping", """{"roundTripMs":1e12,"retransmitted":2000000000,"duplicates":-5}""")).Succeeded();
        (await peer.Client.InvokeAsync("Ping", """{"roundTripMs":-1,"retransmitted":-7}""")).Succeeded();
        (await peer.Client.InvokeAsync("Ping", "{}")).Succeeded();

        (await ScrapeAsync()).Since(before).Should().BeEquivalentTo(
        [
            """signaling_client_round_trip_seconds_count{region="seoul"} 2""", """signaling_client_round_trip_seconds_sum{region="seoul"} 60.0415""",
            "signaling_retransmissions_total 10003", "signaling_duplicates_removed_total 1",
        ]);
    }

    [Test]
    public async Task Refusals_count_by_code_and_limits_by_name()
    {
        await StopAsync();
        await StartAsync(options =>
        {
            options.Rooms.Capacity = 1;
            options.Limits.InvocationsPerSecond = 1;
        });
        await using var peer = await RawClient.JoinAsync(_hub.HubUrl, "math-101");
        await using var other = await RawClient.ConnectAsync(_hub.HubUrl);
        await Scrape.UntilAsync(_hub.Address, "signaling_connections_opened_total", 2);
        var before = await SettledAsync(peer);

        (await other.InvokeAsync("Join", """{"room":"math-101"}""")).Code.Should().Be("room-full");
        (await other.InvokeAsync("Nonsense")).Code.Should().Be("unknown-method");
        (await other.InvokeAsync("Ping", $$"""{"x":"{{new string('x', 70_000)}}"}""")).Code.Should().Be("message-too-large");
        (await other.InvokeAsync("Ping", "{}")).Succeeded();
        (await other.InvokeAsync("Ping", "{}")).Code.Should().Be("rate-limited");
        await using var old = await RawClient.ConnectAsync(_hub.HubUrl, "v=99");
        (await old.RefusalAsync())!.Code.Should().Be("unsupported-version");

        await using var full = await RawClient.ConnectAsync(_hub.HubUrl, "room=math-101");
        (await full.RefusalAsync())!.Code.Should().Be("room-full");

        (await ScrapeAsync()).CountsSince(before).Should().BeEquivalentTo(
        [
            "signaling_connections_opened_total 1", "signaling_connection_setup_seconds_count 1", """signaling_connections_ended_total{end="refused",age="under_10m"} 1""",
            Refused("room-full", 2), Refused("unknown-method"), Refused("message-too-large"), Refused("rate-limited"), Refused("unsupported-version"),
            Hit("room-capacity", 2), Hit("message-size"), Hit("invocations"),
        ]);

        static string Refused(string code, int times = 1) => $$"""signaling_refusals_total{code="{{code}}"} {{times}}""";
        static string Hit(string limit, int times = 1) => $$"""signaling_limit_hits_total{limit="{{limit}}"} {{times}}""";
    }

    [Test]
    public async Task Who_comes_faster_than_the_node_takes_counts_as_a_limit()
    {
        await StopAsync();
        await StartAsync(options => options.Limits.ConnectsPerSecond = 1);
        await using var first = await RawClient.ConnectAsync(_hub.HubUrl);
        await using var second = await RawClient.ConnectAsync(_hub.HubUrl);
        await using var third = await RawClient.ConnectAsync(_hub.HubUrl);
        await Task.WhenAny(second.RefusalAsync(), third.RefusalAsync());

        var scrape = await ScrapeAsync();

        scrape["""signaling_limit_hits_total{limit="connects"}"""].Should().BeGreaterThan(0).And.Be(scrape["""signaling_refusals_total{code="unavailable"}"""]);
    }

    [Test]
    public async Task A_drain_counts_and_so_do_those_that_it_had_to_close()
    {
        await StopAsync();
        await StartAsync(options => (options.Drain.Notice, options.Drain.Spread, options.Drain.Deadline) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMilliseconds(200)));
        await using var peer = await RawClient.JoinAsync(_hub.HubUrl, "math-101");
        var before = await ScrapeAsync();

        await _hub.DrainAsync();
        await peer.Client.EndAsync();
        var after = await Scrape.UntilAsync(_hub.Address, """signaling_connections_ended_total{end="drained",age="under_10m"}""", 1);

        after.CountsSince(before).Should().Contain(["signaling_draining 1", "signaling_drains_total 1", "signaling_drain_connections_closed_total 1"]);
    }

    [Test]
    public async Task A_TURN_server_that_peers_do_not_get_shows_as_down()
    {
        await StopAsync();
        await StartAsync(options =>
        {
            options.Ice.ProbeInterval = TimeSpan.Zero;
            options.Ice.Servers = [new() { Urls = ["turn:turn.example.com"], Username = "u", Credential = "c" }];
        });
        var url = _hub.Services.GetRequiredService<KnownServers>().All[0].Urls[0];
        (await ScrapeAsync())["""signaling_ice_server_up{url="turn:turn.example.com"}"""].Should().Be(1);

        url.Health.Failed("no answer");
        url.Health.Failed("no answer");

        (await ScrapeAsync())["""signaling_ice_server_up{url="turn:turn.example.com"}"""].Should().Be(0);
    }

    [Test]
    public async Task Two_hubs_of_one_process_count_each_for_itself()
    {
        await using var other = await InProcessHub.StartAsync();
        await using var peer = await RawClient.JoinAsync(_hub.HubUrl, "math-101");

        (await ScrapeAsync())["signaling_connections_opened_total"].Should().Be(1);
        (await Scrape.OfAsync(other.Address))["signaling_connections_opened_total"].Should().Be(0);
        (await ScrapeAsync())["kestrel_upgraded_connections"].Should().Be(1);
        (await Scrape.OfAsync(other.Address))["kestrel_upgraded_connections"].Should().Be(0);
    }

    [Test]
    public async Task Where_metrics_are_off_nothing_is_served_and_everything_else_works()
    {
        await StopAsync();
        await StartAsync(options => options.Metrics.Enabled = false);
        await using var one = await RawClient.JoinAsync(_hub.HubUrl, "math-101");
        await using var other = await RawClient.JoinAsync(_hub.HubUrl, "math-101");
        (await one.SendDataAsync(other.Id, "1")).Succeeded();
        (await one.SendDataAsync("nobody", "1")).Code.Should().Be("peer-not-in-room");
        (await one.Client.InvokeAsync("Ping", """{"roundTripMs":1}""")).Succeeded();

        await FluentActions.Awaiting(ScrapeAsync).Should().ThrowAsync<HttpRequestException>().WithMessage("*404*");
    }

    private async Task StartAsync(Action<SignalingOptions> configure) => _hub = await InProcessHub.StartAsync(options =>
    {
        options.Region = "seoul";
        configure(options);
    });

    /// <summary>Once the hub is done with what these peers have asked for: it says welcome before it counts.</summary>
    private async Task<Scrape> SettledAsync(params IEnumerable<RawPeer> peers)
    {
        foreach (var peer in peers) (await peer.Client.InvokeAsync("Ping", "{}")).Succeeded();
        return await ScrapeAsync();
    }

    private Task<Scrape> ScrapeAsync() => Scrape.OfAsync(_hub.Address);
}
