using System.Text.Json;

namespace Signaling.Tests.Protocol.Raw;

/// <summary>What a raw client has received, in order; each frame can be taken once.</summary>
internal sealed class RawInbox
{
    private const int SignalRPing = 6;

    private readonly Lock _gate = new();
    private readonly List<JsonElement> _seen = [];
    private readonly List<JsonElement> _untaken = [];
    private TaskCompletionSource _changed = NewSignal();
    private bool _closed;

    /// <summary>Everything ever received but SignalR's own pings, taken or not.</summary>
    public IReadOnlyList<JsonElement> Seen
    {
        get
        {
            lock (_gate) return [.. _seen];
        }
    }

    /// <summary>How long a test waits for something that should happen at once.</summary>
    public static CancellationToken Patience() => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    public void Add(JsonElement frame)
    {
        if (RawClient.TypeOf(frame) is SignalRPing) return;
        lock (_gate)
        {
            _seen.Add(frame);
            _untaken.Add(frame);
        }

        Wake();
    }

    public void Close()
    {
        lock (_gate) _closed = true;
        Wake();
    }

    /// <summary>Takes the next frame, whatever it is.</summary>
    public Task<JsonElement> NextAsync() => TakeAsync(_ => true);

    /// <summary>Takes the first frame of a kind, leaving the others, and waits for it when need be.</summary>
    public async Task<JsonElement> TakeAsync(Predicate<JsonElement> wanted)
    {
        var patience = Patience();
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
                if (_untaken.FindIndex(wanted) is var index and >= 0)
                {
                    var frame = _untaken[index];
                    _untaken.RemoveAt(index);
                    return frame;
                }

                if (_closed) throw new InvalidOperationException($"The connection ended; received: {string.Join(' ', _seen)}");
            }

            await changed.WaitAsync(patience);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Wake()
    {
        TaskCompletionSource changed;
        lock (_gate) (changed, _changed) = (_changed, NewSignal());
        changed.SetResult();
    }
}
