using Signaling.Tests.Network;

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

    private async Task SurviveAsync(Impairment both)
    {
        await StartAsync();
        Cluster.Entry.Impair(both);
        await Crowd.TalkAsync(Talk);
        Cluster.Entry.Cut(); // Those who come back shake hands and resume over the same network.

        await SurviveAsync();
    }
}
