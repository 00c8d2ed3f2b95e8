using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Protocol;

[TestFixture]
internal sealed class RateLimitTests
{
    private const int PerSecond = 5;
    private const int Burst = 2 * PerSecond;

    [Test]
    public async Task Beyond_the_burst_a_connection_is_told_when_to_come_back_and_then_served()
    {
        await using var hub = await TestHub.StartAsync(options => options.Limits.InvocationsPerSecond = PerSecond);
        await using var hasty = await RawClient.JoinAsync(hub.Url, "rate");
        await using var calm = await RawClient.JoinAsync(hub.Url, "rate");

        var completions = await Task.WhenAll(Enumerable.Range(0, 4 * Burst).Select(_ => hasty.Client.InvokeAsync("Ping", "{}")));

        var refused = completions.Select(completion => completion.Error).OfType<RawError>().ToList();
        refused.Should().HaveCountLessThanOrEqualTo(3 * Burst).And.HaveCountGreaterThan(2 * Burst);
        refused.Should().OnlyContain(error => error.Code == "rate-limited" && error.Action == "retry-later" && error.RetryMs > 0 && error.RetryMs <= 1000);
        (await calm.SendDataAsync(hasty.Id, "1")).Succeeded();
        await Task.Delay(TimeSpan.FromMilliseconds(refused[^1].RetryMs!.Value), TimeProvider.System);
        (await hasty.SendDataAsync(calm.Id, "2")).Succeeded();
    }

    [Test]
    public async Task Beyond_the_burst_a_peer_may_still_leave_as_a_refused_leave_would_keep_a_ghost()
    {
        await using var hub = await TestHub.StartAsync(options => options.Limits.InvocationsPerSecond = PerSecond);
        await using var hasty = await RawClient.JoinAsync(hub.Url, "rate");
        await using var calm = await RawClient.JoinAsync(hub.Url, "rate");

        var pings = Enumerable.Range(0, 2 * Burst).Select(_ => hasty.Client.InvokeAsync("Ping", "{}")).ToList();
        var left = await hasty.Client.InvokeAsync("Leave", """{"room":"rate"}""");

        (await Task.WhenAll(pings)).Should().Contain(ping => ping.Error != null);
        left.Succeeded();
        (await calm.Client.MessageAsync("PeerLeft")).GetProperty("peerId").GetString().Should().Be(hasty.Id);
    }

    [Test]
    public async Task The_limit_stands_in_the_welcome()
    {
        await using var hub = await TestHub.StartAsync(options => options.Limits.InvocationsPerSecond = PerSecond);
        await using var peer = await RawClient.JoinAsync(hub.Url, "rate");

        peer.Welcome.GetProperty("limits").GetProperty("invocationsPerSecond").GetInt32().Should().Be(PerSecond);
    }
}
