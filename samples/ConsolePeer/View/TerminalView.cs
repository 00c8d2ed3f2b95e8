using System.Runtime.CompilerServices;
using ConsolePeer.Input;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ConsolePeer.View;

/// <summary>A terminal: what happened scrolls by above, the roster and what is being typed stay below.</summary>
internal sealed class TerminalView(IAnsiConsole console) : ConsoleView
{
    // The table's frame and header, the line that is being typed, and some of what has happened.
    private const int OtherLines = 10;

    private readonly Lock gate = new();
    private readonly LineEditor editor = new();
    private IRenderable roster = new Text("");
    private LiveDisplayContext? live;

    public override bool NeedsRosterInWords => false;

    public override Task<int> RunAsync(Func<ConsoleView, Task<int>> conversation) =>
        console.Live(roster).AutoClear(true).StartAsync(context =>
        {
            live = context;
            return conversation(this);
        });

    public override async IAsyncEnumerable<string> ReadLinesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        Refresh();
        while (await console.Input.ReadKeyAsync(intercept: true, cancellation) is { } key)
        {
            var line = editor.Press(key);
            if (editor.IsOver) yield break;
            Refresh();
            if (line is not null) yield return line.Trim();
        }
    }

    /// <summary>The line goes where the roster was drawn, and is padded to cover it.</summary>
    public override void Tell(Line line)
    {
        lock (gate) console.Write(Align.Left(new Text(line.Text, StyleOf(line.Kind))));
    }

    public override void ShowRoster(string room, IReadOnlyList<RosterRow> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey).AddColumns(
            new TableColumn(new Text($"{room} ({rows.Count})", new Style(decoration: Decoration.Bold))),
            new TableColumn(""));
        var shown = rows.Count + OtherLines <= console.Profile.Height ? rows.Count : Math.Max(1, console.Profile.Height - OtherLines);
        foreach (var row in rows.Take(shown)) table.AddRow(new Text(row.Who), new Text(row.Shows, new Style(Color.Grey)));
        if (shown < rows.Count) table.AddRow(new Text($"and {rows.Count - shown} more"), new Text("/who lists all", new Style(Color.Grey)));
        roster = table;
        Refresh();
    }

    private static Style StyleOf(LineKind kind) => kind switch
    {
        LineKind.Chat => new(Color.Aqua),
        LineKind.Own => new(Color.Grey),
        LineKind.Good => new(Color.Green),
        LineKind.Bad => new(Color.Red),
        LineKind.Detail => new(Color.Grey),
        _ => Style.Plain,
    };

    private void Refresh()
    {
        lock (gate) live?.UpdateTarget(new Rows(roster, new Text($"> {editor.Text}_")));
    }
}
