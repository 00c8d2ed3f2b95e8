using Signaling.Client.Channel;

namespace Signaling.Tests.Client.Channel;

/// <summary>One end of a channel with an app behind it that may be slow, and a record of every call.</summary>
internal sealed class ChannelEnd(int appCapacity)
{
    private readonly ReliableChannel<string> channel = new();
    private readonly Queue<string> app = new();

    public List<string> Read { get; } = [];

    public List<ChannelStep> Steps { get; } = [];

    public int MostHeld { get; private set; }

    public int MostInFlight { get; private set; }

    public long? NextTimer => channel.NextTimer;

    public bool IsIdle => channel is { NextTimer: null, InFlight: 0, Held: 0, Waiting.Count: 0 } && app.Count == 0;

    public bool Enqueue(long now, string payload)
    {
        var taken = channel.TryEnqueue(payload);
        Steps.Add(new() { Call = "enqueue", Now = now, Payload = payload, Result = taken ? 1 : 0 });
        return taken;
    }

    public long? Reserve(long now, string payload)
    {
        var seq = channel.Reserve(payload, now);
        Steps.Add(new() { Call = "reserve", Now = now, Payload = payload, Result = seq });
        return seq;
    }

    public bool Withdraw(long now, string payload)
    {
        var withdrawn = channel.Withdraw(payload);
        Steps.Add(new() { Call = "withdraw", Now = now, Payload = payload, Result = withdrawn ? 1 : 0 });
        return withdrawn;
    }

    public void Receive(long now, Frame<string> frame)
    {
        var room = appCapacity - app.Count;
        var delivered = ChannelStep.Delivering(room, deliver => channel.Receive(frame.Seq, frame.Ack, frame.Payload, deliver, now));
        Steps.Add(new() { Call = "receive", Now = now, Seq = frame.Seq, Ack = frame.Ack, Payload = frame.Payload, Room = room, Delivered = delivered });
        Deliver(delivered);
    }

    public void ReadOne(long now)
    {
        if (!app.TryDequeue(out var payload)) return;
        Read.Add(payload);
        var delivered = ChannelStep.Delivering(1, deliver => channel.DeliverHeld(deliver, now));
        Steps.Add(new() { Call = "deliverHeld", Now = now, Room = 1, Delivered = delivered });
        Deliver(delivered);
    }

    public void Reconnected(long now)
    {
        channel.Reconnected(now);
        Steps.Add(new() { Call = "reconnected", Now = now });
    }

    public void Postponed(long now, long seq)
    {
        channel.Postponed(seq);
        Steps.Add(new() { Call = "postponed", Now = now, Seq = seq });
    }

    public void Refused(long now, long seq)
    {
        channel.Refused(seq);
        Steps.Add(new() { Call = "refused", Now = now, Seq = seq });
    }

    public List<Frame<string>> Take(long now)
    {
        var frames = new List<Frame<string>>();
        while (channel.TryTakeNext(now, out var frame)) frames.Add(frame);
        if (frames.Count > 0 || Steps is [.., { Call: not "take" }])
        {
            Steps.Add(new() { Call = "take", Now = now, Frames = [.. frames.Select(ChannelFrame.Of)], NextTimer = channel.NextTimer });
        }

        MostHeld = Math.Max(MostHeld, channel.Held);
        MostInFlight = Math.Max(MostInFlight, channel.InFlight);
        return frames;
    }

    private void Deliver(IEnumerable<string>? delivered)
    {
        foreach (var payload in delivered ?? []) app.Enqueue(payload);
    }
}
