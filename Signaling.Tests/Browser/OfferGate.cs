using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Signaling.Tests.Browser;

/// <summary>
/// Stands between pages and the hub and lets no offer through to anyone until each page has sent one: what "at the same instant" means to
/// the two that negotiate.
/// </summary>
internal sealed partial class OfferGate(int pages)
{
    private readonly Lock _lock = new();
    private readonly Queue<(IWebSocketRoute Page, string Message)> _held = [];
    private readonly HashSet<IPage> _offered = [];
    private readonly HashSet<string> _seen = [];
    private TaskCompletionSource? _round;

    public Task WatchAsync(IPage page) => page.RouteWebSocketAsync(new Regex("/signaling"), socket =>
    {
        var hub = socket.ConnectToServer();
        socket.OnMessage(frame =>
        {
            hub.Send(frame.Text!);
            Sent(page, frame.Text!);
        });
        hub.OnMessage(frame => Arrived(socket, frame.Text!));
    });

    /// <summary>Holds offers back from now on; completes when every page has made a new one and all are on their way.</summary>
    public Task NextRoundAsync()
    {
        lock (_lock)
        {
            _offered.Clear();
            _round = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _round.Task;
        }
    }

    private void Sent(IPage page, string message)
    {
        lock (_lock)
        {
            // A repeated offer is no second one.
            if (Offer().Match(message) is not { Success: true } offer || !_seen.Add(offer.Groups["fragment"].Value)) return;
            _offered.Add(page);
            if (_round is null || _offered.Count < pages) return;
            foreach (var (receiver, held) in _held) receiver.Send(held);
            _held.Clear();
            _round.SetResult();
            _round = null;
        }
    }

    private void Arrived(IWebSocketRoute page, string message)
    {
        lock (_lock)
        {
            var hold = _round is not null && (Offer().IsMatch(message) || _held.Any(held => held.Page == page));
            if (hold) _held.Enqueue((page, message));
            else page.Send(message);
        }
    }

    [GeneratedRegex("""
        "type":"offer".*?a=ice-ufrag:(?<fragment>[^\\]*)
        """)]
    private static partial Regex Offer();
}
