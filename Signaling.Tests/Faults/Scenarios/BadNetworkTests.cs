using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Lab.Proxies;
using Signaling.Tests.Hosting;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Faults.Scenarios;

/// <summary>What bad networks do between clients and a cluster.</summary>
internal sealed class BadNetworkTests : FaultScenario
{
    [Test]
    public async Task Torn_writes_harm_nothing() => await SurviveAsync(new() { MaxWrite = 1 });

    [Test]
    public async Task Glued_writes_harm_nothing() => await SurviveAsync(new() { Glue = TimeSpan.FromMilliseconds(100) });

    [Test]
    public async Task Clients_whose_connection_died_silently_notice_and_resume_over_a_new_one()
    {
        await StartAsync();
        var (silent, connections) = (Cluster.Entry.Links.Take(4).ToArray(), Cluster.Entry.Connections);
        var began = TimeProvider.System.GetTimestamp();

        foreach (var link in silent) link.Lose();
        await Eventually.TrueAsync(() => Cluster.Entry.Connections >= connections + silent.Length, "each connects anew");

        TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(10), "a ping every second is given up after three");
        await SurviveAsync();
        Cluster.Entry.Links.Should().Contain(silent, "nobody was told of their end");
    }

    [Test]
    public async Task A_hub_notices_a_connection_that_died_silently_and_keeps_its_peer_for_the_time_to_resume()
    {
        await using var hub = await InProcessHub.StartAsync(services: services => services.Configure<HubOptions<Signaling.Hub.SignalingHub>>(options => options.ClientTimeoutInterval = TimeSpan.FromSeconds(6)));
        await using var way = new FaultProxy(hub.HubUrl);
        await using var watcher = await RawClient.JoinAsync(hub.HubUrl, "silent");
        await using var peer = await RawResume.JoinResumableAsync(way.Url, "silent");
        using var stop = new CancellationTokenSource();
        var alive = Task.WhenAll(PingAsync(watcher.Client, stop.Token), PingAsync(peer.Client, stop.Token));
        (await peer.Client.InvokeAsync("Ping", "{}")).Succeeded(); // By then the hub has a ping of SignalR's, from which on it counts the silence.
        var began = TimeProvider.System.GetTimestamp();

        way.Links.Single().Lose();
        (await watcher.Client.MessageAsync("PeerStateChanged")).GetProperty("state").GetString().Should().Be("reconnecting");
        TimeProvider.System.GetElapsedTime(began).Should().BeGreaterThan(TimeSpan.FromSeconds(1), "nothing but silence tells it");
        await using var resumed = await peer.ResumeAsync(way.Url);

        resumed.Id.Should().Be(peer.Id);
        (await watcher.Client.MessageAsync("PeerStateChanged")).GetProperty("state").GetString().Should().Be("connected");
        watcher.Client.Inbox.Seen.Should().NotContain(frame => frame.ToString().Contains("PeerLeft", StringComparison.Ordinal));
        await stop.CancelAsync();
        await alive;
    }

    private static async Task PingAsync(RawClient client, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await client.TrySendAsync("{\"type\":6}\u001e"u8.ToArray());
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task SurviveAsync(Impairment both)
    {
        await StartAsync();
        Cluster.Entry.Impair(both);
        await Crowd.TalkAsync(Talk);
        Cluster.Entry.Cut(); // Those who come back shake hands and resume over the same network.

        await SurviveAsync();
    }
}
