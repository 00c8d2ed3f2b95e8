using Microsoft.Extensions.DependencyInjection;
using Signaling.Hub.Rooms;
using Signaling.Tests.Hosting;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Telemetry;

/// <summary>That a busy node's scrape is as small as that of any other.</summary>
internal sealed class BoundedTests
{
    private const int Rooms = 10_000;
    private const int Connections = 20;

    [Test]
    public async Task Ten_thousand_rooms_add_not_one_series()
    {
        await using var hub = await InProcessHub.StartAsync(options => options.Limits.InvocationsPerSecond = 1_000_000);
        await using var watcher = await RawClient.JoinAsync(hub.HubUrl, "first");
        await VisitAsync(hub, 0, 1);
        var before = await Scrape.OfAsync(hub.Address);

        await Task.WhenAll(Enumerable.Range(0, Connections).Select(connection => VisitAsync(hub, connection * Rooms / Connections, Rooms / Connections)));
        var registry = hub.Services.GetRequiredService<RoomRegistry>();
        foreach (var room in Enumerable.Range(0, Rooms)) registry.Take($"held-{room}");
        var after = await Scrape.OfAsync(hub.Address);

        after["""signaling_joins_total{kind="new"}"""].Should().Be(Rooms + 2);
        after["signaling_rooms"].Should().BeGreaterThanOrEqualTo(Rooms);
        after.Series.Should().BeEquivalentTo(before.Series);
        after.Text.Length.Should().BeLessThan(before.Text.Length + 10_000, "only the numbers are longer");
    }

    /// <summary>Joins rooms one after another, and says something in each.</summary>
    private static async Task VisitAsync(InProcessHub hub, int first, int count)
    {
        await using var client = await RawClient.ConnectAsync(hub.HubUrl);
        for (var room = first; room < first + count; room++)
        {
            (await client.InvokeAsync("Join", $$"""{"room":"room-{{room}}"}""")).Succeeded();
            (await client.InvokeAsync("Send", $$"""{"room":"room-{{room}}","data":1}""")).Succeeded();
            (await client.InvokeAsync("Leave", $$"""{"room":"room-{{room}}"}""")).Succeeded();
        }

        await client.CloseAsync();
    }
}
