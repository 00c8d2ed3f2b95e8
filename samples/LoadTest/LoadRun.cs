using System.Security.Cryptography;
using Signaling.LoadTest.Accounting;
using Signaling.LoadTest.Connections;
using Signaling.LoadTest.Measuring;
using Signaling.LoadTest.Peers;
using Signaling.LoadTest.Scheduling;
using Signaling.LoadTest.Scripts;

namespace Signaling.LoadTest;

/// <summary>One run: everyone joins, the script plays, stragglers arrive, the account is closed.</summary>
internal sealed class LoadRun : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <summary>A duplicate may come behind the last signal.</summary>
    private static readonly TimeSpan ShortestDrain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> lives = [];

    public LoadRun(RunOptions options, IReadOnlyDictionary<Uri, HubAddress> hubs, TimeProvider time)
    {
        Options = options;
        Clock = new Clock(time);
        Scheduler = new Scheduler(Clock);
        Sessions = new SessionTable(BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint))));
        Dialer = new Dialer(options.Sources, options.Insecure);
        Tokens = new Tokens(options, time);
        Peers = [.. Enumerable.Range(0, options.Peers).Select(index => new Peer(this, index, hubs[options.UrlOf(index)]))];
        Script = options.Script switch
        {
            ScriptKind.Call => new CallScript(this),
            ScriptKind.Rate => new RateScript(this),
            _ => new IdleScript(),
        };
    }

    public RunOptions Options { get; }

    public Clock Clock { get; }

    public Scheduler Scheduler { get; }

    public Ledger Ledger { get; } = new();

    public Meters Meters { get; } = new();

    public Traffic Traffic { get; } = new();

    public SessionTable Sessions { get; }

    public Dialer Dialer { get; }

    public Tokens Tokens { get; }

    public IReadOnlyList<Peer> Peers { get; }

    public IScript Script { get; }

    /// <summary>Whether signals are still sent and peers still begin to join.</summary>
    public bool IsSending => Phase is RunPhase.Ramp or RunPhase.Run;

    public RunPhase Phase { get; private set; }

    public TimeSpan PhaseBegan { get; private set; }

    public RunTimes Times { get; private set; } = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, Interrupted: false);

    /// <summary>Signals that nobody can tell about, once the account is closed.</summary>
    public long Unaccountable { get; private set; }

    public int JoinedAtEnd { get; private set; }

    /// <summary>Ends every connection.</summary>
    public CancellationToken Stopping => stopping.Token;

    public TimeSpan RampTime => TimeSpan.FromSeconds(Options.Peers / Options.Ramp);

    /// <summary>Runs to the end, or until interrupted; either way the account is closed and the connections are.</summary>
    public async Task ExecuteAsync(CancellationToken interrupt)
    {
        var began = Enter(RunPhase.Ramp);
        for (var index = 0; index < Peers.Count; index++) BeginLife(Peers[index], began + TimeSpan.FromSeconds(index / Options.Ramp));
        var rampedUp = await PassAsync(RampTime, interrupt) && await PassUntilAsync(EveryoneDecided, Options.ConnectTimeout, interrupt);

        var ran = Enter(RunPhase.Run);
        Script.Begin(ran);
        new Churn(this).Begin(ran);
        if (rampedUp) await PassAsync(Options.Duration, interrupt);

        var drained = Enter(RunPhase.Drain);
        await PassAsync(ShortestDrain, CancellationToken.None);
        await PassUntilAsync(() => Ledger.InFlight is 0, Options.Drain, CancellationToken.None);

        var over = Enter(RunPhase.Over);
        Times = new RunTimes(ran - began, drained - ran, over - drained, interrupt.IsCancellationRequested);
        JoinedAtEnd = Sessions.CountJoined();
        Unaccountable = Ledger.Settle(Sessions.HasEnded);
        await CloseAsync();
    }

    public void Dispose()
    {
        Scheduler.Dispose();
        stopping.Dispose();
    }

    private TimeSpan Enter(RunPhase phase)
    {
        (Phase, PhaseBegan) = (phase, Clock.Now);
        return PhaseBegan;
    }

    private void BeginLife(Peer peer, TimeSpan due) => Scheduler.At(due, then =>
    {
        if (!IsSending) return;
        var life = Task.Run(() => peer.LiveAsync(then));
        lock (lives) lives.Add(life);
    });

    private bool EveryoneDecided() => Meters.Connected.Value + Meters.Failed.Value >= Options.Peers;

    /// <returns><c>false</c> when it was interrupted.</returns>
    private async Task<bool> PassAsync(TimeSpan time, CancellationToken interrupt)
    {
        try
        {
            await await Task.WhenAny(Scheduler.UntilAsync(Clock.Now + time, interrupt), Scheduler.Failure);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<bool> PassUntilAsync(Func<bool> condition, TimeSpan limit, CancellationToken interrupt)
    {
        for (var end = Clock.Now + limit; !condition() && Clock.Now < end;)
        {
            if (!await PassAsync(Step, interrupt)) return false;
        }

        return true;
    }

    private async Task CloseAsync()
    {
        await stopping.CancelAsync();
        foreach (var peer in Peers) peer.Session?.Leave(politely: true); // The hub's operators would see connections that are lost.
        Task all;
        lock (lives) all = Task.WhenAll(lives);
        if (await Task.WhenAny(all, Task.Delay(ClosingTime, Clock.Time)) == all) await all; // A connection that does not close costs no report.
    }
}
