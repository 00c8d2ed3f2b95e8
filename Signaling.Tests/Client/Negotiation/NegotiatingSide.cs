using Signaling.Client.Negotiation;
using Signaling.Contracts;

namespace Signaling.Tests.Client.Negotiation;

/// <summary>One side of a negotiation, on a wire that keeps the order, as a reliable channel does.</summary>
internal sealed class NegotiatingSide
{
    private readonly Func<Task> step;
    private readonly OfferAnswer offerAnswer;
    private Task wire = Task.CompletedTask;

    public NegotiatingSide(bool polite, Func<Task> step, int candidates = 1)
    {
        this.step = step;
        Connection = new(step, candidates);
        offerAnswer = new(Connection, polite, description => Send(Of(description)), exception =>
        {
            Errors.Add(exception);
            return Task.CompletedTask;
        });
        Connection.NegotiationNeeded += offerAnswer.OfferAsync;
        Connection.CandidateGathered += candidate =>
        {
            Send(Of(candidate));
            return Task.CompletedTask;
        };
    }

    public FakePeerConnection Connection { get; }

    public List<Exception> Errors { get; } = [];

    public List<Signal> Sent { get; } = [];

    public IEnumerable<SdpType> Described => Sent.Select(signal => signal.Description?.Type).OfType<SdpType>();

    private NegotiatingSide? Other { get; set; }

    /// <summary>A side without another, for what arrives at it.</summary>
    public static NegotiatingSide Alone(bool polite = false) => new(polite, () => Task.CompletedTask);

    public static (NegotiatingSide Polite, NegotiatingSide Impolite) Pair(Func<Task> step, int candidates = 1)
    {
        var (polite, impolite) = (new NegotiatingSide(true, step, candidates), new NegotiatingSide(false, step, candidates));
        (polite.Other, impolite.Other) = (impolite, polite);
        return (polite, impolite);
    }

    public Task ReceiveAsync(params IceCandidate[] candidates) => offerAnswer.ReceiveAsync(Of(candidates));

    public Task ReceiveAsync(SdpType type, string? ufrag = null) =>
        offerAnswer.ReceiveAsync(Of(new SessionDescription { Type = type, Sdp = ufrag is null ? null : $"v=0\r\na=ice-ufrag:{ufrag}\r\n" }));

    private static Signal Of(SessionDescription description) => new() { Room = "math-101", Description = description };

    private static Signal Of(params IceCandidate[] candidates) => new() { Room = "math-101", Candidates = candidates };

    private void Send(Signal signal)
    {
        Sent.Add(signal);
        if (Other is { } other) wire = CarryAsync(wire, signal, other);
    }

    private async Task CarryAsync(Task before, Signal signal, NegotiatingSide to)
    {
        await before;
        await step();
        await to.offerAnswer.ReceiveAsync(signal);
    }
}
