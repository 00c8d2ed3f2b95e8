using Spectre.Console;

namespace ConsolePeer.View;

/// <summary>What the user sees and types: a terminal with a live roster, or plain lines where input or output is redirected.</summary>
internal abstract class ConsoleView
{
    /// <summary>Whether the roster is seen only when it is told.</summary>
    public abstract bool NeedsRosterInWords { get; }

    public static ConsoleView Create() =>
        Console.IsInputRedirected || Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi ? new PlainView() : new TerminalView(AnsiConsole.Console);

    /// <summary>Runs the conversation on this view.</summary>
    public abstract Task<int> RunAsync(Func<ConsoleView, Task<int>> conversation);

    /// <summary>What the user types, line by line, until the end of input.</summary>
    public abstract IAsyncEnumerable<string> ReadLinesAsync(CancellationToken cancellation);

    public abstract void Tell(Line line);

    /// <summary>The roster has changed.</summary>
    public abstract void ShowRoster(string room, IReadOnlyList<RosterRow> rows);

    /// <summary>For handlers of events, which return a task.</summary>
    public Task TellAsync(Line? line)
    {
        if (line is not null) Tell(line);
        return Task.CompletedTask;
    }
}
