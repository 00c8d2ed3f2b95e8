using Signaling.Contracts;
using Signaling.Hub.Rooms;

namespace Signaling.Hub.Relay;

/// <summary>Takes a signal from its sender to its receivers.</summary>
internal static class SignalRouter
{
    /// <exception cref="Refusal"><see cref="ErrorCode.PeerNotInRoom"/>.</exception>
    public static void Route(Peer sender, Signal signal)
    {
        var stamped = signal with { From = sender.Id, Seqs = null };
        if (signal.To is null) ToRoom(sender, stamped, signal.Seqs);
        else ToPeer(sender.Room, signal.To, stamped);
    }

    private static void ToPeer(Room room, string peerId, Signal signal)
    {
        var receiver = room.Find(peerId) ?? throw new Refusal(ErrorCode.PeerNotInRoom, "The receiver is not in that room.");
        receiver.Outbox.Send(ClientMessage.Signal(signal));
    }

    private static void ToRoom(Peer sender, Signal signal, IReadOnlyDictionary<string, long>? seqs)
    {
        var plain = ClientMessage.Signal(signal with { Seq = null });
        foreach (var receiver in sender.Room.Others(sender))
        {
            receiver.Outbox.Send(seqs is not null && seqs.TryGetValue(receiver.Id, out var seq)
                ? ClientMessage.Signal(signal with { Seq = seq })
                : plain);
        }
    }
}
