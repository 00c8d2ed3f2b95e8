using System.Collections.Immutable;
using ConsolePeer.View;
using ConsolePeer.Words;
using Signaling.Client;

namespace ConsolePeer;

/// <summary>The room once we are in it: tells what happens there, and keeps the roster on the screen.</summary>
internal sealed class JoinedRoom
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly Room room;
    private readonly string? name;
    private readonly ConsoleView view;
    private readonly SignalPrinter signals;
    private readonly TaskCompletionSource<RoomClosed> closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task messages;
    private ImmutableDictionary<string, string> attributes;
    private Task sending = Task.CompletedTask;

    public JoinedRoom(Room room, JoinOptions join, ConsoleView view, CancellationToken cancellation)
    {
        (this.room, this.view) = (room, view);
        (name, attributes) = (join.Name, join.Attributes?.ToImmutableDictionary() ?? []);
        signals = new(view, cancellation);
        view.Tell(new($"You are in {room.Id} as {Me}, region {room.Region}. /help lists what you can type.", LineKind.Good));
        ShowRoster();
        if (view.NeedsRosterInWords) TellRoster();
        foreach (var peer in room.Peers) signals.Listen(peer);
        room.PeerJoined += OnJoinedAsync;
        room.PeerLeft += OnLeftAsync;
        room.PeerUpdated += OnUpdatedAsync;
        room.Resumed += OnResumedAsync;
        room.Rejoined += OnRejoinedAsync;
        room.Closed += OnClosedAsync;
        messages = PrintMessagesAsync();
    }

    /// <summary>Completes when we are out of the room for good.</summary>
    public Task<RoomClosed> Closed => closed.Task;

    private string Me => name is null ? $"you ({room.PeerId})" : $"{Text.Clean(name)} (you)";

    public void TellRoster()
    {
        foreach (var row in Rows()) view.Tell(new($"  {row.Who}  {row.Shows}".TrimEnd(), LineKind.Detail));
    }

    public void Chat(string text)
    {
        if (room.Peers.Count == 0) view.Tell(new("Nobody else is here to read that.", LineKind.Detail));
        view.Tell(new($"{Me}: {Text.Clean(text)}", LineKind.Own));
        Track(() => room.SendDataAsync(ChatMessage.Write(text)));
    }

    /// <summary>Turns one of our attributes on or off, for everyone to see.</summary>
    public void Toggle(string attribute)
    {
        attributes = attributes.ContainsKey(attribute) ? attributes.Remove(attribute) : attributes.Add(attribute, "true");
        Track(() => room.SetAttributesAsync(new Dictionary<string, string?> { [attribute] = attributes.GetValueOrDefault(attribute) }));
        ShowRoster();
        view.Tell(new($"You show: {PeerWords.Shows(attributes, "nothing")}."));
    }

    /// <summary>Leaves once the hub has what was typed last, if it takes that soon.</summary>
    public async Task LeaveAsync()
    {
        await Task.WhenAny(sending.WaitAsync(LastWords, TimeProvider.System));
        await room.DisposeAsync();
        await messages;
    }

    /// <summary>While the connection is away a send waits for it. We do not, so that /quit works at any time.</summary>
    private void Track(Func<Task> send) => sending = TellFailureAsync(send, sending);

    private async Task TellFailureAsync(Func<Task> send, Task before)
    {
        try
        {
            await send();
        }
        catch (SignalingException refusal)
        {
            foreach (var line in Advice.Describe(refusal)) view.Tell(line);
        }

        await before;
    }

    private async Task PrintMessagesAsync()
    {
        await foreach (var message in room.Messages) view.Tell(MessageWords.Describe(message));
    }

    private Task OnJoinedAsync(RemotePeer peer)
    {
        signals.Listen(peer);
        ShowRoster();
        return view.TellAsync(new($"{PeerWords.Label(peer)} has joined.{PeerWords.Remark(peer)}"));
    }

    private Task OnLeftAsync(PeerDeparture left)
    {
        signals.Forget(left.Peer);
        ShowRoster();
        return view.TellAsync(new($"{PeerWords.Label(left.Peer)} {PeerWords.Departed(left.Reason)}."));
    }

    private Task OnUpdatedAsync(RemotePeer peer)
    {
        ShowRoster();
        return view.TellAsync(new($"{PeerWords.Label(peer)} shows: {PeerWords.Shows(peer.Attributes, "nothing")}."));
    }

    private Task OnResumedAsync(RoomResumed resumed) => view.TellAsync(new($"You are back in {room.Id}, as if nothing had happened.", LineKind.Good));

    private Task OnRejoinedAsync(RoomRejoined rejoined)
    {
        foreach (var peer in room.Peers) signals.Listen(peer);
        ShowRoster();
        return view.TellAsync(new($"You are back in {room.Id}, as a new peer: {rejoined.NewPeerId}.", LineKind.Good));
    }

    private Task OnClosedAsync(RoomClosed news)
    {
        closed.TrySetResult(news);
        return Task.CompletedTask;
    }

    private void ShowRoster() => view.ShowRoster(room.Id, Rows());

    private RosterRow[] Rows() =>
        [new(Me, PeerWords.Shows(attributes, "")), .. room.Peers.Select(peer => new RosterRow(PeerWords.Label(peer), PeerWords.Details(peer)))];
}
