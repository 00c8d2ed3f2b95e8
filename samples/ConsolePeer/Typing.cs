using ConsolePeer.View;

namespace ConsolePeer;

/// <summary>Does what the user types, line by line, until /quit or the end of input.</summary>
internal sealed class Typing(ConsoleView view, Task<JoinedRoom> joining)
{
    private const string Quit = "/quit";
    private static readonly string[] Help =
    [
        "  text    says it to everyone in the room",
        "  /who    lists who is here",
        "  /hand   raises or lowers your hand",
        "  /mute   shows you as muted or not",
        "  /quit   leaves; so do Ctrl+C and the end of input",
    ];

    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var line in view.ReadLinesAsync(cancellation))
            {
                if (line is Quit) return;
                await DoAsync(line, cancellation);
            }

            // Input may end before we are in: what was piped in is said first.
            await joining.WaitAsync(cancellation);
        }
        catch (Exception) when (cancellation.IsCancellationRequested || joining.IsFaulted)
        {
            // The conversation tells why it is over.
        }
    }

    private async Task DoAsync(string line, CancellationToken cancellation)
    {
        if (line.Length == 0) return;
        if (line is "/help")
        {
            foreach (var text in Help) view.Tell(new(text, LineKind.Detail));
            return;
        }

        var room = await joining.WaitAsync(cancellation);
        switch (line)
        {
            case "/who":
                room.TellRoster();
                break;
            case "/hand":
                room.Toggle("hand");
                break;
            case "/mute":
                room.Toggle("muted");
                break;
            case ['/', ..]:
                view.Tell(new($"There is no {line}. /help lists what there is.", LineKind.Bad));
                break;
            default:
                room.Chat(line);
                break;
        }
    }
}
