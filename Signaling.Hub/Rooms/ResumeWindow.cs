using Microsoft.Extensions.Options;
using Signaling.Contracts;
using Signaling.Hub.Operator.Console;
using Signaling.Hub.Rooms.Peers;
using Signaling.Hub.Sessions;

namespace Signaling.Hub.Rooms;

/// <summary>What becomes of the peers of a connection that is lost: those that may resume get their time, the others leave.</summary>
internal sealed class ResumeWindow(Membership membership, Chronicle chronicle, BackgroundWork background, IOptions<SignalingOptions> options, TimeProvider time)
{
    public async Task DisconnectedAsync(Session session)
    {
        foreach (var peer in session.Peers.Values) await DisconnectedAsync(peer);
        session.Peers.Clear();
    }

    private Task DisconnectedAsync(Peer peer)
    {
        if (!peer.IsResumable) return membership.LeaveAsync(peer, LeaveReason.Disconnected);
        var window = time.CreateTimer(
            _ => background.Run(() => ExpireAsync(peer)), null, options.Value.Rooms.ResumeWindow, Timeout.InfiniteTimeSpan);
        if (peer.Room.MarkAway(peer, window) is not { } entry) return Task.CompletedTask;
        chronicle.Lost(peer);
        return membership.PublishAsync(peer.Room, entry);
    }

    private async Task ExpireAsync(Peer peer)
    {
        // Whether it has come back to this node is not known yet: it asks again, or the doubt ends.
        while (peer.Room.IsInDoubt(peer.Id)) await Task.Delay(options.Value.Rooms.ResumeWindow, time, background.Stopping);
        await membership.ExpireAsync(peer);
    }
}
