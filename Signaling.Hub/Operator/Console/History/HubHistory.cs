namespace Signaling.Hub.Operator.Console.History;

/// <summary>What this node has counted in the last hour, in steps of ten seconds.</summary>
internal sealed class HubHistory
{
    public const int StepSeconds = 10;

    /// <summary>An hour.</summary>
    public const int Steps = 360;

    private readonly Lock _gate = new();
    private readonly Queue<Sample> _samples = new();
    private long _signals;
    private long _signalsBefore;
    private int _iceConnected;
    private int _iceFailed;
    private int _iceRelayed;
    private int _abnormalEnds;

    public LiveBuckets Relay { get; } = new();

    public LiveBuckets ClientRoundTrip { get; } = new();

    public LiveBuckets IceSetUp { get; } = new();

    /// <summary>All signals handed on since the start, one for each receiver.</summary>
    public long Signals => Interlocked.Read(ref _signals);

    public static long StepOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    public static DateTimeOffset EndOf(long step) => DateTimeOffset.FromUnixTimeSeconds((step + 1) * StepSeconds);

    public void AddSignals(int receivers) => Interlocked.Add(ref _signals, receivers);

    public void AddConnected(bool relayed)
    {
        Interlocked.Increment(ref _iceConnected);
        if (relayed) Interlocked.Increment(ref _iceRelayed);
    }

    public void AddFailed() => Interlocked.Increment(ref _iceFailed);

    public void AddAbnormalEnd() => Interlocked.Increment(ref _abnormalEnds);

    /// <summary>A step is over.</summary>
    public void Close(long step, NodeCounts now)
    {
        var signals = Signals;
        var sample = new Sample
        {
            Step = step,
            Connections = now.Connections,
            Peers = now.Peers,
            Rooms = now.RoomsOfRegion,
            Signals = signals - _signalsBefore,
            IceConnected = Interlocked.Exchange(ref _iceConnected, 0),
            IceFailed = Interlocked.Exchange(ref _iceFailed, 0),
            IceRelayed = Interlocked.Exchange(ref _iceRelayed, 0),
            AbnormalEnds = Interlocked.Exchange(ref _abnormalEnds, 0),
            Relay = Relay.Take(),
            ClientRoundTrip = ClientRoundTrip.Take(),
            IceSetUp = IceSetUp.Take(),
        };
        _signalsBefore = signals;
        lock (_gate)
        {
            if (_samples.Count is Steps) _samples.Dequeue();
            _samples.Enqueue(sample);
        }
    }

    /// <summary>The steps after one.</summary>
    public IReadOnlyList<Sample> After(long step)
    {
        lock (_gate) return [.. _samples.Where(sample => sample.Step > step)];
    }
}
