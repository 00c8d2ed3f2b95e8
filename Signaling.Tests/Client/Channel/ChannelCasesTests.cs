using Signaling.Client.Channel;

namespace Signaling.Tests.Client.Channel;

/// <summary>The recorded cases that C# and TypeScript share. <c>RECORD_CHANNEL_CASES=1</c> writes them anew.</summary>
[TestFixture]
internal sealed class ChannelCasesTests
{
    private const string About =
        "What one end of the reliable channel (PROTOCOL.md) does, call by call, for every language. `now` is in milliseconds; `room` says how many "
        + "payloads the app takes during the call (`deliver` answers false after that) and `delivered` which it got; `take` means: call tryTakeNext until "
        + "it says no, and `nextTimer` holds after that. A field that is absent is null, a list that is absent is empty.";

    private static readonly (string Name, int Seed, int Signals, NetworkFaults Faults)[] Recordings =
    [
        ("nothing goes wrong", 1, 30, new()),
        ("drops", 2, 40, new() { Drop = 0.3 }),
        ("duplicates", 3, 30, new() { Duplicate = 0.3 }),
        ("delays and reorders", 4, 40, new() { Late = 0.3 }),
        ("everything at once", 5, 60, new() { Drop = 0.3, Duplicate = 0.3, Late = 0.3 }),
        ("connections come and go", 6, 60, new() { Drop = 0.1, Outages = 3 }),
        ("a burst beyond the window", 7, 120, new() { Drop = 0.05, SendEveryMs = 1 }),
        ("a slow reader", 9, 80, new() { AppCapacity = 3, ReadMs = 200, SendEveryMs = 5 }),
        ("the hub refuses some", 10, 40, new() { Refuse = 0.2, Drop = 0.1 }),
        ("the hub postpones some", 11, 40, new() { Postpone = 0.2, Drop = 0.1 }),
        ("some are withdrawn while they wait", 12, 120, new() { Withdraw = 0.5, SendEveryMs = 1 }),
    ];

    [Test]
    public void The_recorded_cases_are_those_of_this_implementation()
    {
        var recorded = new ChannelCases(About, [.. Recordings.Select(Record), BurstBeyondTheQueue()]).ToString();
        if (Environment.GetEnvironmentVariable("RECORD_CHANNEL_CASES") == "1") File.WriteAllText(ChannelCases.File, recorded);

        File.ReadAllText(ChannelCases.File).Should().Be(recorded);
    }

    [Test]
    public void Replaying_the_recorded_cases_gives_what_was_recorded()
    {
        var cases = ChannelCases.Parse(File.ReadAllText(ChannelCases.File)).Cases;

        cases.Should().HaveCount(Recordings.Length + 1);
        foreach (var one in cases) Replay(one);
    }

    private static ChannelCase Record((string Name, int Seed, int Signals, NetworkFaults Faults) recording)
    {
        var network = new SimulatedNetwork(recording.Seed, recording.Faults);
        network.Run(recording.Signals).Should().BeTrue();
        return new(recording.Name, network.Ends[0].Steps);
    }

    private static ChannelCase BurstBeyondTheQueue()
    {
        var end = new ChannelEnd(appCapacity: 1);
        for (var i = 1; i <= 258; i++) end.Enqueue(0, $"s{i}").Should().Be(i <= 256);
        end.Take(0);
        end.Receive(40, new(null, 20, null));
        end.Enqueue(40, "s259").Should().BeTrue();
        end.Take(40);
        return new("a burst beyond the queue", end.Steps);
    }

    private static void Replay(ChannelCase one)
    {
        var channel = new ReliableChannel<string>();
        for (var i = 0; i < one.Steps.Count; i++) Replay(one.Steps[i], channel).Should().BeEquivalentTo(one.Steps[i], "of step {0} of '{1}'", i, one.Name);
    }

    private static ChannelStep Replay(ChannelStep step, ReliableChannel<string> channel)
    {
        switch (step.Call)
        {
            case "enqueue": return step with { Result = channel.TryEnqueue(step.Payload!) ? 1 : 0 };
            case "reserve": return step with { Result = channel.Reserve(step.Payload!, step.Now) };
            case "withdraw": return step with { Result = channel.Withdraw(step.Payload!) ? 1 : 0 };
            case "receive":
                return step with
                {
                    Delivered = ChannelStep.Delivering(step.Room!.Value, deliver => channel.Receive(step.Seq, step.Ack, step.Payload, deliver, step.Now)),
                };
            case "deliverHeld":
                return step with { Delivered = ChannelStep.Delivering(step.Room!.Value, deliver => channel.DeliverHeld(deliver, step.Now)) };
            case "take":
                var frames = new List<ChannelFrame>();
                while (channel.TryTakeNext(step.Now, out var frame)) frames.Add(ChannelFrame.Of(frame));
                return step with { Frames = frames, NextTimer = channel.NextTimer };
            case "reconnected": channel.Reconnected(step.Now); return step;
            case "postponed": channel.Postponed(step.Seq!.Value); return step;
            case "refused": channel.Refused(step.Seq!.Value); return step;
            default: throw new AssertionException($"No such call: {step.Call}");
        }
    }
}
