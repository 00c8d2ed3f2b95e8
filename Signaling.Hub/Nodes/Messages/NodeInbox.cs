using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Signaling.Contracts;
using Signaling.Hub.Protocol;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Relay;
using Signaling.Hub.Rooms;
using Signaling.Hub.Rooms.Directory;
using Signaling.Hub.Telemetry.Metrics;
using Signaling.Hub.Telemetry.Tracing;

namespace Signaling.Hub.Nodes.Messages;

/// <summary>What other nodes tell this one. Never waits for a client's socket.</summary>
internal sealed class NodeInbox(RoomRegistry rooms, RoomRepair repair, Reachability reachability, Sampling sampling, RelayMetrics metrics) : INode
{
    /// <summary>The last canary that has arrived.</summary>
    public event Action<string>? CanaryArrived;

    /// <summary>A question of a node, and its answer's way: region, node, which question, the question itself.</summary>
    public event Action<string, string, string, byte[]>? Asked;

    /// <summary>An answer: of which region, to which question, the answer itself.</summary>
    public event Action<string, string, byte[]>? Answered;

    /// <summary>Another region has something new of a room.</summary>
    public event Action<Room>? FarNewsArrived;

    public Task Put(string region, string room, string epoch, long version, byte[] socket, byte[] info, string? traceParent)
    {
        using var span = Process("peer", traceParent);
        return About(region, room, (known, far) => known.Put(PeerFields.Read(socket, info, far), new RoomVersion(epoch, version)));
    }

    public Task Remove(string region, string room, string epoch, long version, string peerId, int reason) => About(region, room, (known, far) =>
        known.Remove(far, peerId, (LeaveReason)reason, new RoomVersion(epoch, version)));

    public Task Changed(string region, string room, string epoch, long version) => About(region, room, (known, far) => known.HeardOf(far, new RoomVersion(epoch, version)));

    public Task Deliver(string room, string peerId, byte[] message, string? traceParent)
    {
        var began = metrics.Now;
        using var span = Process("signal", traceParent);
        if (rooms.Find(room)?.RouteTo(peerId) is { Local: { IsAway: false } peer })
        {
            if (traceParent is not null) Spans.Reparent(message, traceParent, span);
            peer.Session.Outbox.Send(new SerializedHubMessage([new SerializedMessage(StrictJsonHubProtocol.JsonName, message)]));
            metrics.Delivered(began);
        }

        return Task.CompletedTask;
    }

    public Task DeliverToRoom(string room, byte[] signal, Dictionary<string, long> receivers)
    {
        var began = metrics.Now;
        if (rooms.Find(room) is { } known)
        {
            // Only those who were meant: who has just moved here may have had its copy there.
            var arrived = JsonSerializer.Deserialize(signal, SignalRouter.SignalType)!;
            using var span = Process("signal", arrived.TraceParent);
            SignalRouter.Deliver(known.RoutesToOthers(arrived.From!).Where(route => receivers.ContainsKey(route.PeerId)), arrived.Under(span), receivers);
            metrics.Delivered(began);
        }

        return Task.CompletedTask;
    }

    public Task Ask(string region, string node, string question, byte[] text)
    {
        Asked?.Invoke(region, node, question, text);
        return Task.CompletedTask;
    }

    public Task Answer(string region, string question, byte[] text)
    {
        Answered?.Invoke(region, question, text);
        return Task.CompletedTask;
    }

    public Task Canary(string nonce)
    {
        CanaryArrived?.Invoke(nonce);
        return Task.CompletedTask;
    }

    private Activity? Process(string what, string? traceParent) => traceParent is not null && sampling.Keeps(traceParent, out var parent) ? Spans.Process(what, parent) : null;

    private Task About(string region, string room, Action<Room, string?> change)
    {
        var far = reachability.Knows(region) ? region : null; // Who shares this node's Redis is of its region, whatever it calls itself.
        if (rooms.Find(room) is { } known)
        {
            change(known, far);
            rooms.Release(known); // A peer of this node may have moved away, the last one of its room.
            if (known.HasGap) repair.ReadUnlessFilled(known);
            if (far is not null) FarNewsArrived?.Invoke(known);
        }

        return Task.CompletedTask;
    }
}
