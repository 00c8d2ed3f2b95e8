using System.Diagnostics;
using System.Text.Json;
using Signaling.Client.Connection;
using Signaling.Client.Telemetry;
using Signaling.Contracts;

namespace Signaling.Client.Rooms.Links;

/// <summary>The content of a signal on its way to one peer, and the sender that waits for the hub to accept it.</summary>
internal sealed class OutgoingSignal
{
    private readonly TaskCompletionSource<bool> accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Activity? span;

    private OutgoingSignal(string kind, string? answers)
    {
        span = Spans.Send(kind, answers);
        TraceParent = span.TraceParent() ?? Activity.Current.TraceParent() ?? answers;
    }

    private OutgoingSignal(string? traceParent) => TraceParent = traceParent;

    /// <summary>Without content, in the place of one that was refused.</summary>
    public static OutgoingSignal Empty { get; } = new(traceParent: null);

    public SessionDescription? Description { get; private init; }

    public IReadOnlyList<IceCandidate>? Candidates { get; private init; }

    public JsonElement? Data { get; private init; }

    /// <summary>The same however often it is sent.</summary>
    public string? TraceParent { get; }

    /// <summary>Completes when the hub has accepted the signal; fails when it never will.</summary>
    public Task Accepted => accepted.Task;

    /// <param name="description">The content.</param>
    /// <param name="offer">The trace parent of the offer, for its answer.</param>
    public static OutgoingSignal Of(SessionDescription description, string? offer = null) =>
        new(Spans.KindOf(description), description.Type is SdpType.Answer ? offer : null) { Description = description };

    public static OutgoingSignal Of(IReadOnlyList<IceCandidate> candidates) => new("candidates", answers: null) { Candidates = candidates };

    public static OutgoingSignal Of(JsonElement data) => new("data", answers: null) { Data = data };

    /// <summary>For one of several receivers; the original's span is that of all.</summary>
    public OutgoingSignal Copy() => new(TraceParent) { Data = Data };

    public void Accept()
    {
        if (accepted.TrySetResult(true)) span.End();
    }

    public void Fail(Exception exception)
    {
        if (!accepted.TrySetException(exception)) return;
        _ = accepted.Task.Exception;
        span.End(exception);
    }

    public void Cancel(CancellationToken cancellationToken)
    {
        if (accepted.TrySetCanceled(cancellationToken)) span.End(new OperationCanceledException());
    }

    public Signal ToSignal(string room, string? to, long? seq, long? ack) => new()
    {
        Room = room,
        To = to,
        Description = Description,
        Candidates = Candidates,
        Data = Data,
        Seq = seq,
        Ack = ack,
        TraceParent = TraceParent,
    };

    /// <summary>Checks what the hub would refuse, before it is sent.</summary>
    /// <exception cref="SignalingException"><see cref="ErrorCode.MessageTooLarge"/>.</exception>
    public void CheckSize(string room)
    {
        if (SignalSize.Fits(ToSignal(room, SignalSize.LongestId, long.MaxValue, long.MaxValue))) return;
        var refusal = HubErrors.New(ErrorCode.MessageTooLarge, $"A signal is at most {SignalingLimits.MaxMessageBytes} bytes of JSON.");
        Fail(refusal);
        throw refusal;
    }
}
