using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Hub.Operator.Console;
using Signaling.Lab.Proxies;
using Signaling.Tests.Protocol.Raw;
using static Microsoft.Playwright.Assertions;

namespace Signaling.Tests.Browser.ConsolePage;

/// <summary>A console that loses its node, or is not served.</summary>
internal sealed class ReconnectTests : ConsolePageTest
{
    [Test]
    public async Task What_is_old_is_marked_and_everything_goes_on_when_the_node_is_back()
    {
        await using var proxy = new FaultProxy(Operators);
        await using var mina = await RawClient.JoinAsync(Hub.HubUrl, "math-101", "Mina");
        var console = await OpenAsync("#/room/math-101", proxy.Url);
        await Expect(console.PeerRows).ToHaveCountAsync(1);

        proxy.Refuses = true;
        proxy.Cut();
        await Expect(console.Link).ToHaveTextAsync("Reconnecting …");
        await Expect(console.Page.Locator("body")).ToHaveClassAsync(new Regex("stale"));
        await Expect(console.PeerRows).ToHaveCountAsync(1);
        await using var jonas = await RawClient.JoinAsync(Hub.HubUrl, "math-101", "Jonas");
        await Expect(console.Page.GetByText(new Regex("what you see is [0-9]+ s old"))).ToBeVisibleAsync();
        proxy.Refuses = false;

        await Expect(console.Link).ToHaveTextAsync("Live");
        await Expect(console.PeerRows).ToHaveCountAsync(2);
        await Expect(console.Events.Last).ToContainTextAsync("Jonas");
        await Expect(console.RoomRows).ToHaveCountAsync(1);
        await Expect(console.Page.Locator("body")).Not.ToHaveClassAsync(new Regex("stale"));
    }

    [Test]
    public async Task A_console_too_many_is_told_why_it_sees_nothing_and_sees_it_once_there_is_a_place()
    {
        var places = Hub.Services.GetRequiredService<StreamPlaces>();
        var taken = Enumerable.Range(0, StreamPlaces.MostOfNode).Select(number => places.Take($"another console {number}")).ToArray();

        var console = await OpenAsync();
        await Expect(console.Link).ToHaveTextAsync($"A node has at most {StreamPlaces.MostOfNode} streams of consoles at once.");
        foreach (var place in taken) place.Dispose();

        await Expect(console.Link).ToHaveTextAsync("Live");
        await Expect(console.NodeRows).ToHaveCountAsync(1);
    }
}
