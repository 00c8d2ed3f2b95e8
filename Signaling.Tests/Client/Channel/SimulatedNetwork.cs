using Signaling.Client.Channel;

namespace Signaling.Tests.Client.Channel;

/// <summary>
/// Two ends and a bad way between them, in virtual time: drops, doubles, delays (and so reorders), connections that are gone for a while,
/// a hub that refuses or postpones, slow readers. Everything follows from the seed.
/// </summary>
internal sealed class SimulatedNetwork
{
    private const int TimeLimit = 3_600_000;

    private readonly Random random;
    private readonly NetworkFaults faults;
    private readonly PriorityQueue<Action, (long At, long Order)> events = new();
    private readonly HashSet<string> refused = [];
    private readonly int[] connection = new int[2];
    private readonly bool[] gone = new bool[2];
    private long order;
    private long now;

    public SimulatedNetwork(int seed, NetworkFaults faults)
    {
        this.faults = faults;
        random = new(seed);
        Ends = [new(faults.AppCapacity), new(faults.AppCapacity)];
        Expected = [[], []];
    }

    public ChannelEnd[] Ends { get; }

    /// <summary>What each end has to have read in the end.</summary>
    public List<string>[] Expected { get; }

    /// <returns>Whether everything came to rest.</returns>
    public bool Run(int signals)
    {
        for (var i = 0; i < signals; i++)
        {
            var (from, payload) = (random.Next(2), $"s{i}");
            At(random.Next(signals * faults.SendEveryMs), () => Send(from, payload));
        }

        foreach (var end in (int[])[0, 1])
        {
            for (var outage = 0; outage < faults.Outages; outage++) At(random.Next(1, signals * faults.SendEveryMs), () => Lose(end));
        }

        while (now < TimeLimit && Next()) { }
        return Ends.All(end => end.IsIdle);
    }

    private bool Next()
    {
        var timers = Ends.Select((end, i) => gone[i] ? null : end.NextTimer).Min();
        if (events.TryPeek(out _, out var next) && !(timers < next.At))
        {
            now = Math.Max(now, next.At);
            events.Dequeue()();
        }
        else if (timers is { } timer)
        {
            now = Math.Max(now, timer);
        }
        else
        {
            return false;
        }

        Pump(0);
        Pump(1);
        return true;
    }

    private void Send(int from, string payload)
    {
        if (random.NextDouble() < faults.Refuse) refused.Add(payload);
        if (!gone[from] && random.Next(4) == 0 && Ends[from].Reserve(now, payload) is { } seq)
        {
            Transmit(from, new(seq, 0, payload));
        }
        else if (!Ends[from].Enqueue(now, payload))
        {
            At(now + 100, () => Send(from, payload));
            return;
        }

        if (random.NextDouble() < faults.Withdraw && Ends[from].Withdraw(now, payload)) return;
        if (!refused.Contains(payload)) Expected[1 - from].Add(payload);
    }

    private void Pump(int from)
    {
        if (gone[from]) return;
        foreach (var frame in Ends[from].Take(now)) Transmit(from, frame);
    }

    private void Transmit(int from, Frame<string> frame)
    {
        if (frame is { Seq: { } seq, Payload: { } payload })
        {
            if (refused.Contains(payload))
            {
                At(now + Delay(), () => Ends[from].Refused(now, seq));
                return;
            }

            if (random.NextDouble() < faults.Postpone)
            {
                At(now + Delay(), () => Ends[from].Postponed(now, seq));
                return;
            }
        }

        if (random.NextDouble() < faults.Drop) return;
        Carry(1 - from, frame);
        if (random.NextDouble() < faults.Duplicate) Carry(1 - from, frame);
    }

    private void Carry(int to, Frame<string> frame)
    {
        var over = connection[to];
        At(now + Delay(), () =>
        {
            if (gone[to] || connection[to] != over) return;
            Ends[to].Receive(now, frame);
            At(now + random.Next(faults.ReadMs), () => ReadAll(to));
        });
    }

    private void ReadAll(int end)
    {
        var before = Ends[end].Read.Count;
        Ends[end].ReadOne(now);
        if (Ends[end].Read.Count > before) At(now + random.Next(faults.ReadMs), () => ReadAll(end));
    }

    private void Lose(int end)
    {
        gone[end] = true;
        connection[end]++;
        At(now + random.Next(5_000), () =>
        {
            gone[end] = false;
            Ends[end].Reconnected(now);
        });
    }

    private long Delay() => random.NextDouble() < faults.Late ? random.Next(20, 3_000) : random.Next(5, 60);

    private void At(long time, Action action) => events.Enqueue(action, (time, order++));
}

/// <summary>How bad the way is: probabilities, counts and milliseconds.</summary>
internal sealed record NetworkFaults
{
    public double Drop { get; init; }

    public double Duplicate { get; init; }

    public double Late { get; init; }

    public double Refuse { get; init; }

    public double Postpone { get; init; }

    public double Withdraw { get; init; }

    public int Outages { get; init; }

    public int AppCapacity { get; init; } = 256;

    public int ReadMs { get; init; } = 1;

    public int SendEveryMs { get; init; } = 20;

    /// <summary>Faults up to 30 % each, drawn from the seed.</summary>
    public static NetworkFaults From(int seed)
    {
        var random = new Random(~seed);
        return new()
        {
            Drop = random.NextDouble() * 0.3,
            Duplicate = random.NextDouble() * 0.3,
            Late = random.NextDouble() * 0.3,
            Refuse = random.Next(3) == 0 ? 0.1 : 0,
            Postpone = random.Next(3) == 0 ? 0.1 : 0,
            Withdraw = random.Next(3) == 0 ? 0.1 : 0,
            Outages = random.Next(4),
            AppCapacity = random.Next(2) == 0 ? 256 : random.Next(1, 10),
            ReadMs = random.Next(2) == 0 ? 1 : 200,
            SendEveryMs = random.Next(1, 40),
        };
    }
}
