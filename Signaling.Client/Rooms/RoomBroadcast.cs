using System.Text.Json;
using Signaling.Client.Connection;
using Signaling.Contracts;

namespace Signaling.Client.Rooms;

/// <summary>App data to everyone in the room: one message to the hub where every peer's channel is ready for it, else one for each.</summary>
internal static class RoomBroadcast
{
    /// <param name="gate">The room's lock.</param>
    /// <param name="room">The room's id.</param>
    /// <param name="session">The connection; <c>null</c> while there is none.</param>
    /// <param name="links">The way to each peer.</param>
    /// <param name="data">What to send.</param>
    /// <param name="time">The clock.</param>
    public static Task SendAsync(
        object gate, string room, HubSession? session, IReadOnlyDictionary<string, PeerLink> links, JsonElement data, TimeProvider time)
    {
        var content = new OutgoingSignal { Data = data };
        content.CheckSize(room);
        lock (gate)
        {
            var reliable = links.Where(pair => pair.Value is ReliableLink).Select(pair => (pair.Key, Link: (ReliableLink)pair.Value)).ToArray();
            var ready = session is not null
                && session.PausedUntil <= time.Milliseconds()
                && reliable.All(peer => peer.Link.CanReserve)
                && SignalSize.Fits(content.ToSignal(room, null, null, null) with { Seqs = reliable.ToDictionary(peer => peer.Key, _ => long.MaxValue) });
            if (!ready) return ToEachAsync(links.Values, data);

            var copies = reliable.Select(peer => Copy.Reserve(peer.Key, peer.Link, data)).ToArray();
            var signal = content.ToSignal(room, null, null, null) with
            {
                Seqs = copies.Length > 0 ? copies.ToDictionary(copy => copy.PeerId, copy => copy.Seq) : null,
            };
            return ToAllAsync(session!, signal, copies, [.. links.Values.OfType<PlainLink>()], time);
        }
    }

    private static async Task ToAllAsync(HubSession session, Signal signal, Copy[] copies, PeerLink[] others, TimeProvider time)
    {
        try
        {
            await session.InvokeAsync(nameof(ISignalingHub.Send), signal).ConfigureAwait(false);
            foreach (var copy in copies) copy.Content.Accept();
        }
        catch (SignalingException exception) when (exception.Action is ErrorAction.Retry or ErrorAction.RetryLater)
        {
            PeerLink.Pause(session, exception, time);
            foreach (var copy in copies) copy.Link.AnsweredForRoom(copy.Seq, willNeverTake: false);
            await Task.WhenAll(AcceptedAsync(copies), ToEachAsync(others, signal.Data!.Value)).ConfigureAwait(false);
        }
        catch (SignalingException exception)
        {
            foreach (var copy in copies)
            {
                copy.Content.Fail(exception);
                copy.Link.AnsweredForRoom(copy.Seq, willNeverTake: true);
            }

            throw;
        }
        catch (ConnectionLostException)
        {
            await AcceptedAsync(copies).ConfigureAwait(false);
        }
    }

    private static Task AcceptedAsync(Copy[] copies) => Task.WhenAll(copies.Select(copy => UnlessGoneAsync(copy.Content.Accepted)));

    private static Task ToEachAsync(IEnumerable<PeerLink> links, JsonElement data) =>
        Task.WhenAll(links.ToArray().Select(link => UnlessGoneAsync(link.SendAsync(new() { Data = data }, CancellationToken.None))));

    /// <summary>Who has left meanwhile is not in the room any more, which is no failure of a message to the room.</summary>
    private static async Task UnlessGoneAsync(Task send)
    {
        try
        {
            await send.ConfigureAwait(false);
        }
        catch (SignalingException exception) when (exception.Code is ErrorCode.PeerNotInRoom)
        {
        }
    }

    private sealed record Copy(string PeerId, ReliableLink Link, OutgoingSignal Content, long Seq)
    {
        public static Copy Reserve(string peerId, ReliableLink link, JsonElement data)
        {
            var content = new OutgoingSignal { Data = data };
            return new(peerId, link, content, link.Reserve(content)!.Value);
        }
    }
}
