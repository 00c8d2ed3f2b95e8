using ConsolePeer.View;
using ConsolePeer.Words;
using Signaling.Client;

namespace ConsolePeer;

/// <summary>Prints the offers, answers and candidates that peers send us, in a line each.</summary>
internal sealed class SignalPrinter(ConsoleView view, CancellationToken cancellation)
{
    private readonly Dictionary<RemotePeer, CancellationTokenSource> readers = [];

    /// <summary>Reads what a peer sends; anew after a rejoin, which ends a peer's signals of before.</summary>
    public void Listen(RemotePeer peer)
    {
        Forget(peer);
        var reader = readers[peer] = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _ = PrintAsync(peer, reader.Token);
    }

    public void Forget(RemotePeer peer)
    {
        if (!readers.Remove(peer, out var reader)) return;
        reader.Cancel();
        reader.Dispose();
    }

    private async Task PrintAsync(RemotePeer peer, CancellationToken token)
    {
        try
        {
            await foreach (var signal in peer.Signals.WithCancellation(token)) view.Tell(SignalWords.Describe(peer, signal));
        }
        catch (OperationCanceledException)
        {
            // Read anew, or over.
        }
    }
}
