using System.Text.Json;
using Signaling.Client.Connection;
using Signaling.Contracts;

namespace Signaling.Client.Rooms.Links;

/// <summary>App data to everyone in the room: one message to the hub where every peer's channel is ready for it, else one for each.</summary>
internal static class RoomBroadcast
{
    public static async Task SendAsync(Room room, IReadOnlyDictionary<string, PeerLink> links, JsonElement data)
    {
        var content = OutgoingSignal.Of(data);
        try
        {
            await SendAsync(room, links, content).ConfigureAwait(false);
            content.Accept();
        }
        catch (Exception exception)
        {
            content.Fail(exception);
            throw;
        }
    }

    private static Task SendAsync(Room room, IReadOnlyDictionary<string, PeerLink> links, OutgoingSignal content)
    {
        content.CheckSize(room.Id);
        lock (room.Gate)
        {
            var session = room.Session;
            var reliable = links.Where(pair => pair.Value is ReliableLink).Select(pair => (pair.Key, Link: (ReliableLink)pair.Value)).ToArray();
            var ready = session is not null
                && session.PausedUntil <= room.Time.Milliseconds()
                && reliable.All(peer => peer.Link.CanReserve)
                && SignalSize.Fits(content.ToSignal(room.Id, null, null, null) with { Seqs = reliable.ToDictionary(peer => peer.Key, _ => long.MaxValue) });
            if (!ready) return ToEachAsync(links.Values, content);

            var copies = reliable.Select(peer => Copy.Reserve(peer.Key, peer.Link, content)).ToArray();
            var signal = content.ToSignal(room.Id, null, null, null) with
            {
                Seqs = copies.Length > 0 ? copies.ToDictionary(copy => copy.PeerId, copy => copy.Seq) : null,
            };
            return ToAllAsync(room, session!, signal, content, copies, [.. links.Values.OfType<PlainLink>()]);
        }
    }

    private static async Task ToAllAsync(Room room, HubSession session, Signal signal, OutgoingSignal original, Copy[] copies, PeerLink[] others)
    {
        try
        {
            await session.InvokeAsync(nameof(ISignalingHub.Send), signal).ConfigureAwait(false);
            foreach (var copy in copies) copy.Content.Accept();
            return;
        }
        catch (SignalingException exception) when (exception.Action is ErrorAction.Retry or ErrorAction.RetryLater)
        {
            if (exception.Code is not ErrorCode.PeerUnreachable) PeerLink.Pause(session, exception, room.Time);
            foreach (var copy in copies) copy.Link.AnsweredForRoom(copy.Seq, exception);
        }
        catch (SignalingException exception) when (exception.Code is ErrorCode.NotInRoom)
        {
            room.OnForgotten(session);
        }
        catch (SignalingException exception)
        {
            foreach (var copy in copies)
            {
                copy.Content.Fail(exception);
                copy.Link.AnsweredForRoom(copy.Seq, exception);
            }

            throw;
        }
        catch (ConnectionLostException)
        {
            // Each link sends its copy again when the connection is back.
        }

        await Task.WhenAll(AcceptedAsync(copies), ToEachAsync(others, original)).ConfigureAwait(false);
    }

    private static Task AcceptedAsync(Copy[] copies) => Task.WhenAll(copies.Select(copy => UnlessGoneAsync(copy.Content.Accepted)));

    private static Task ToEachAsync(IEnumerable<PeerLink> links, OutgoingSignal original) =>
        Task.WhenAll(links.ToArray().Select(link => UnlessGoneAsync(link.SendAsync(original.Copy(), CancellationToken.None))));

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
        public static Copy Reserve(string peerId, ReliableLink link, OutgoingSignal original)
        {
            var content = original.Copy();
            return new(peerId, link, content, link.Reserve(content)!.Value);
        }
    }
}
