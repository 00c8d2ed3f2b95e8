using ConsolePeer.View;
using ConsolePeer.Words;
using Signaling.Client;

namespace ConsolePeer;

/// <summary>From the first connect to the leave.</summary>
internal static class Conversation
{
    // A peer without a camera says so, as the call page does.
    private static readonly Dictionary<string, string> FirstAttributes = new() { ["camera"] = "off" };

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Invitation wanted, ConsoleView view, CancellationToken cancellation)
    {
        var options = new SignalingClientOptions { TokenProvider = _ => new(wanted.Token) };
        await using var client = new SignalingClient(wanted.Hub, options);
        client.StateChanged += change => view.TellAsync(Connecting.Describe(change, wanted.Hub));

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var joining = JoinAsync(client, wanted, view, over);
        var typing = new Typing(view, joining).RunAsync(over.Token);

        // Whichever ends first ends the other: the room (refused or closed by the hub), or the user (/quit, end of input, Ctrl+C).
        await Task.WhenAny(EndAsync(joining), typing);
        await over.CancelAsync();
        await typing;
        return await LeaveAsync(joining, wanted, view);
    }

    private static async Task<JoinedRoom> JoinAsync(SignalingClient client, Invitation wanted, ConsoleView view, CancellationTokenSource over)
    {
        var join = new JoinOptions { Name = wanted.Name, Attributes = FirstAttributes };
        return new(await client.JoinRoomAsync(wanted.Room, join, over.Token), join, view, over.Token);
    }

    private static async Task EndAsync(Task<JoinedRoom> joining) => await (await joining).Closed;

    private static async Task<int> LeaveAsync(Task<JoinedRoom> joining, Invitation wanted, ConsoleView view)
    {
        try
        {
            var joined = await joining;
            if (joined.Closed.IsCompleted && (await joined.Closed).Reason is { } reason) return Fail(reason, view);
            await joined.LeaveAsync();
            view.Tell(new($"You have left {wanted.Room}."));
            return 0;
        }
        catch (SignalingException refusal)
        {
            return Fail(refusal, view);
        }
        catch (OperationCanceledException)
        {
            view.Tell(new($"You did not get into {wanted.Room}."));
            return 0;
        }
    }

    private static int Fail(SignalingException failure, ConsoleView view)
    {
        foreach (var line in Advice.Describe(failure)) view.Tell(line);
        return 1;
    }
}
