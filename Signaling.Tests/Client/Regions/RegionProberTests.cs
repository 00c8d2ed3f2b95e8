using Microsoft.Extensions.Time.Testing;
using Signaling.Client.Regions;
using Signaling.Tests.Client.Resuming;

namespace Signaling.Tests.Client.Regions;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RegionProberTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private readonly List<FakeHub> _hubs = [];
    private readonly FakeTimeProvider _stopped = new();

    public async ValueTask DisposeAsync()
    {
        foreach (var hub in _hubs) await hub.DisposeAsync();
    }

    [Test]
    public async Task Regions_that_are_ready_are_measured_and_others_left_out()
    {
        var (near, far, drained, dead) = (await StartAsync(), await StartAsync(), await StartAsync(), await FakeHub.StartAsync());
        far.Distance = TimeSpan.FromMilliseconds(80);
        drained.IsReady = false;
        Region[] all = [Of(near), Of(far), Of(drained), Of(dead)];
        await dead.DisposeAsync();
        using var prober = new RegionProber(new());

        var trips = await prober.MeasureAsync(all, hurry: false, CancellationToken.None);

        trips.Keys.Should().BeEquivalentTo([all[0], all[1]]);
        trips[all[0]].Should().BeLessThan(trips[all[1]]);
        trips[all[1]].Should().BeGreaterThanOrEqualTo(far.Distance - TimeSpan.FromMilliseconds(5));
    }

    [Test]
    public async Task A_region_that_does_not_answer_in_time_is_left_out()
    {
        var (near, silent) = (await StartAsync(), await StartAsync());
        silent.Distance = TimeSpan.FromHours(1);
        using var prober = new RegionProber(new() { TimeProvider = _stopped });

        var measuring = prober.MeasureAsync([Of(near), Of(silent)], hurry: false, CancellationToken.None);
        await silent.Asked.NextAsync();
        for (var sample = 0; sample < 4; sample++) await near.Asked.NextAsync();
        await AdvanceUntilAsync(measuring, Patience);

        (await measuring).Keys.Should().Equal(Of(near));
    }

    [Test]
    public async Task In_a_hurry_nobody_waits_for_a_region_that_takes_far_longer_than_the_first()
    {
        var (near, silent) = (await StartAsync(), await StartAsync());
        silent.Distance = TimeSpan.FromHours(1);
        using var prober = new RegionProber(new() { TimeProvider = _stopped });

        var measuring = prober.MeasureAsync([Of(near), Of(silent)], hurry: true, CancellationToken.None);
        await AdvanceUntilAsync(measuring, TimeSpan.FromMilliseconds(50));

        (await measuring).Keys.Should().Equal(Of(near));
        (_stopped.GetUtcNow() - _stopped.Start).Should().BeLessThan(Patience);
    }

    [Test]
    public async Task Probes_go_the_way_that_the_app_has_set_up_for_connections()
    {
        var near = await StartAsync();
        var seen = new Observed<Uri>();
        using var prober = new RegionProber(new() { ConfigureConnection = http => http.HttpMessageHandlerFactory = next => new Spy(next, seen) });

        await prober.MeasureAsync([Of(near)], hurry: false, CancellationToken.None);

        (await seen.NextAsync()).Should().Be(Of(near).Ready);
    }

    private static Region Of(FakeHub hub) => Region.Of(hub.Region);

    private async Task<FakeHub> StartAsync()
    {
        var hub = await FakeHub.StartAsync($"region-{_hubs.Count}");
        _hubs.Add(hub);
        return hub;
    }

    /// <summary>Moves the clock on once, and again only where a timer was set later than that.</summary>
    private async Task AdvanceUntilAsync(Task done, TimeSpan step)
    {
        for (var steps = 0; steps < 20 && !done.IsCompleted; steps++)
        {
            await Task.WhenAny(done, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System));
            if (!done.IsCompleted) _stopped.Advance(step);
        }
    }

    private sealed class Spy(HttpMessageHandler next, Observed<Uri> seen) : DelegatingHandler(next)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await seen.Handle(request.RequestUri!);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
