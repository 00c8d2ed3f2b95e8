using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Signaling.Tests.Browser.Ice;

/// <summary>Stands between a page and its hub: makes each room relay-only, and takes down what the page says of itself.</summary>
internal sealed class RelayOnlyWelcome
{
    private const string Arguments = """
        "target":"Welcome","arguments":[{
        """;

    private readonly Lock _lock = new();
    private readonly List<string> _sent = [];

    /// <summary>The candidates that the page has sent, by themselves and in descriptions.</summary>
    public IReadOnlyList<string> Candidates
    {
        get
        {
            lock (_lock) return [.. _sent.SelectMany(message => Regex.Matches(message, @"candidate:[^""\\]+").Select(match => match.Value))];
        }
    }

    public Task WatchAsync(IPage page) => page.RouteWebSocketAsync(new Regex("/signaling"), socket =>
    {
        var hub = socket.ConnectToServer();
        socket.OnMessage(frame =>
        {
            lock (_lock) _sent.Add(frame.Text!);
            hub.Send(frame.Text!);
        });
        hub.OnMessage(frame => socket.Send(frame.Text!.Replace(Arguments, $$"""{{Arguments}}"iceTransportPolicy":"relay",""", StringComparison.Ordinal)));
    });
}
