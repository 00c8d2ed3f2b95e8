using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.SignalR.Protocol;
using Signaling.Contracts;
using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Operator.Console;
using Signaling.Hub.Protocol;
using Signaling.Hub.Rooms;
using Signaling.Hub.Rooms.Peers;
using Signaling.Hub.Telemetry.Metrics;
using Signaling.Hub.Telemetry.Tracing;

namespace Signaling.Hub.Relay;

/// <summary>Takes a signal from its sender to its receivers: straight to a socket of this node, or by one publish to another node.</summary>
internal sealed class SignalRouter(INodeNetwork nodes, StrictJsonHubProtocol protocol, RelayMetrics metrics, Chronicle chronicle)
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    public static JsonTypeInfo<Signal> SignalType { get; } = (JsonTypeInfo<Signal>)SignalingJson.Options.GetTypeInfo(typeof(Signal));

    /// <param name="sender">Who sends it.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="began">When it came in, a timestamp of the clock.</param>
    /// <exception cref="Refusal"><see cref="ErrorCode.PeerNotInRoom"/> or <see cref="ErrorCode.PeerUnreachable"/>.</exception>
    public Task RouteAsync(Peer sender, Signal signal, long began)
    {
        var stamped = signal with { From = sender.Id, Seqs = null };
        return signal.To is null ? ToRoomAsync(sender, stamped, signal.Seqs, began) : ToPeerAsync(sender.Room, signal.To, stamped, began);
    }

    /// <summary>Gives app data for the whole room to those receivers that this node holds.</summary>
    /// <returns>How many got it.</returns>
    public static int Deliver(IEnumerable<PeerRoute> receivers, Signal signal, IReadOnlyDictionary<string, long>? seqs)
    {
        var count = 0;
        var plain = ClientMessage.Signal(signal with { Seq = null });
        foreach (var (peerId, peer, _, _, _) in receivers)
        {
            if (peer is not { IsAway: false }) continue;
            var seq = seqs?.GetValueOrDefault(peerId) ?? 0;
            peer.Session.Outbox.Send(seq > 0 ? ClientMessage.Signal(signal with { Seq = seq }) : plain);
            count++;
        }

        return count;
    }

    private async Task ToPeerAsync(Room room, string peerId, Signal signal, long began)
    {
        var route = room.RouteTo(peerId) ?? throw NotInRoom();
        if (!route.IsReachable) throw Unreachable();
        if (route.Local is { } peer)
        {
            Spans.Goes("local");
            peer.Session.Outbox.Send(ClientMessage.Signal(signal));
            Relayed(signal, SignalPath.Local, began);
            return;
        }

        Spans.Goes(Spans.PathTo(route.Region));
        using var span = Spans.Publish("signal", route.Region, route.Node);
        try
        {
            await nodes.Of(route.Region, route.Node).Deliver(room.Id, peerId, Frame(signal.Under(span)), span?.Id);
            Relayed(signal, PathTo(route.Region), began);
        }
        catch (NodeUnreachableException)
        {
            throw Unreachable();
        }
    }

    private async Task ToRoomAsync(Peer sender, Signal signal, IReadOnlyDictionary<string, long>? seqs, long began)
    {
        var routes = sender.Room.RoutesToOthers(sender.Id);
        if (Deliver(routes, signal, seqs) is > 0 and var receivers) Relayed(signal, SignalPath.Local, began, receivers);
        var remote = routes.Where(route => route.Local is null && route.IsReachable).GroupBy(route => (route.Region, route.Node)).ToArray();
        if (remote.Length is 0) return;
        var json = Json(signal);
        await Task.WhenAll(remote.Select(async node =>
        {
            var copies = node.ToDictionary(route => route.PeerId, route => seqs?.GetValueOrDefault(route.PeerId) ?? 0);
            if (await ToNodeAsync(node.Key.Region, node.Key.Node, signal, json, copies)) Relayed(signal, PathTo(node.Key.Region), began, copies.Count);
        }));
    }

    /// <summary>What can't be sent to one node is no failure of a message to the room: those who acknowledge get it again, from the sender.</summary>
    private async Task<bool> ToNodeAsync(string? region, string node, Signal signal, byte[] json, Dictionary<string, long> receivers)
    {
        using var span = Spans.Publish("signal", region, node);
        try
        {
            await nodes.Of(region, node).DeliverToRoom(signal.Room, span is null ? json : Json(signal.Under(span)), receivers);
            return true;
        }
        catch (NodeUnreachableException)
        {
            return false;
        }
    }

    private void Relayed(Signal signal, SignalPath path, long began, int receivers = 1)
    {
        metrics.Relayed(signal, path, began, receivers);
        chronicle.Relayed(signal, began, receivers);
    }

    private static byte[] Json(Signal signal) => JsonSerializer.SerializeToUtf8Bytes(signal, SignalType);

    private byte[] Frame(Signal signal) => protocol.GetMessageBytes(new InvocationMessage(nameof(ISignalingClient.Signal), [signal])).ToArray();

    private static SignalPath PathTo(string? region) => region is null ? SignalPath.Node : SignalPath.Region;

    private Refusal NotInRoom()
    {
        metrics.NotInRoom();
        return new(ErrorCode.PeerNotInRoom, "The receiver is not in that room.");
    }

    private Refusal Unreachable()
    {
        metrics.Unreachable();
        return new(ErrorCode.PeerUnreachable, "The receiver cannot be reached now.", TryAgain);
    }
}
