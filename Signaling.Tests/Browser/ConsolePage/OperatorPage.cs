using System.Collections.Concurrent;
using Microsoft.Playwright;
using Signaling.Tests.Browser.Pages;

namespace Signaling.Tests.Browser.ConsolePage;

/// <summary>The console, through what an operator sees of it.</summary>
internal sealed class OperatorPage
{
    private readonly ConcurrentQueue<string> _complaints = [];

    public OperatorPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
    }

    public IPage Page { get; }

    /// <summary>What the browser has complained of: scripts that failed, and what the page's policy forbids.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public ILocator Link => Page.GetByRole(AriaRole.Status);

    public ILocator Token => Page.GetByRole(AriaRole.Textbox, new() { Name = "Token" });

    public ILocator Search => Page.GetByRole(AriaRole.Searchbox);

    public ILocator RoomRows => Page.GetByRole(AriaRole.Table, new() { Name = "Rooms" }).Locator("tbody tr");

    public ILocator RoomsNote => Page.Locator("#rooms-note");

    public ILocator RoomTitle => Page.Locator("#room-title");

    public ILocator RoomFacts => Page.Locator(".facts");

    public ILocator PeerRows => Page.GetByRole(AriaRole.Table, new() { Name = "Peers" }).Locator("tbody tr");

    public ILocator Events => Page.GetByRole(AriaRole.Table, new() { Name = "Timeline" }).Locator("tbody tr");

    public ILocator NodeRows => Page.GetByRole(AriaRole.Table, new() { Name = "Nodes" }).Locator("tbody tr");

    public Task GoToAsync(Uri address) => Page.GotoAsync(address.ToString());

    public Task GoAsync(string view) => Page.GetByRole(AriaRole.Link, new() { Name = view }).ClickAsync();

    /// <summary>One of the figures that are always in sight.</summary>
    public ILocator Figure(string name) => Page.Locator("#glance > div", new() { Has = Page.GetByText(name, new() { Exact = true }) }).Locator(".value");

    /// <summary>What the legend of a chart says of one of its lines.</summary>
    public ILocator Legend(string chart, string line) => ChartOf(chart).Locator("dl > div", new() { Has = Page.GetByText(line, new() { Exact = true }) }).Locator("dd");

    public ILocator ChartOf(string title) => Page.Locator("figure", new() { Has = Page.GetByRole(AriaRole.Heading, new() { Name = title }) });

    public ILocator RoomLink(string id) => Page.GetByRole(AriaRole.Link, new() { Name = id, Exact = true });

    /// <summary>Waits until a chart has pixels in the colour of one of its lines, of which one may hide the others; grid, goal and words are in others.</summary>
    public Task SeesLinesInAsync(string chart) => Page.FindsAsync<bool>(
        """
        async title => {
          const figure = [...document.querySelectorAll('figure')].find(each => each.querySelector('h3').textContent.startsWith(title));
          const canvas = figure.querySelector('canvas');
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          const keys = [...figure.querySelectorAll('dd')].map(value => value.previousElementSibling).map(key => getComputedStyle(key, '::before').backgroundColor.match(/[0-9]+/g).map(Number));
          return keys.some(key => {
            for (let i = 0; i < data.length; i += 4) {
              if (data[i + 3] > 200 && key.every((part, at) => Math.abs(part - data[i + at]) < 40)) return true;
            }
            return false;
          });
        }
        """,
        chart);
}
