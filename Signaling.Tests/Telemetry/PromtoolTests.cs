using Signaling.Tests.Hosting;
using Signaling.Tests.Network;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Telemetry;

internal sealed class PromtoolTests
{
    [Test]
    public async Task Prometheus_own_tool_finds_nothing_to_blame()
    {
        await using var hub = await InProcessHub.StartAsync();
        await using var one = await RawClient.JoinAsync(hub.HubUrl, "math-101");
        await using var other = await RawClient.JoinAsync(hub.HubUrl, "math-101");
        (await one.SendDataAsync(other.Id, "1")).Succeeded();

        (await Command.RunAsync("promtool", ["check", "metrics"], (await Scrape.OfAsync(hub.Address)).Text)).Should().BeEmpty();
    }
}
