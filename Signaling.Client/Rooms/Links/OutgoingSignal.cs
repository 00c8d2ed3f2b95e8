using System.Diagnostics;
using System.Text.Json;
using Signaling.Client.Connection;
using Signaling.Contracts;

namespace Signaling.Client.Rooms.Links;

/// <summary>The content of a signal on its way to one peer, and the sender that waits for the hub to accept it.</summary>
internal sealed class OutgoingSignal
{
    private readonly TaskCompletionSource<bool> accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SessionDescription? Description { get; init; }

    public IReadOnlyList<IceCandidate>? Candidates { get; init; }

    public JsonElement? Data { get; init; }

    public string? TraceParent { get; init; } = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    /// <summary>Completes when the hub has accepted the signal; fails when it never will.</summary>
    public Task Accepted => accepted.Task;

    public void Accept() => accepted.TrySetResult(true);

    public void Fail(Exception exception)
    {
        if (accepted.TrySetException(exception)) _ = accepted.Task.Exception;
    }

    public void Cancel(CancellationToken cancellationToken) => accepted.TrySetCanceled(cancellationToken);

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
        throw HubErrors.New(ErrorCode.MessageTooLarge, $"A signal is at most {SignalingLimits.MaxMessageBytes} bytes of JSON.");
    }
}
