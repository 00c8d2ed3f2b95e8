using System.Threading.Channels;

namespace ConsolePeer.View;

/// <summary>Lines in, lines out: for pipes, files and logs.</summary>
internal sealed class PlainView : ConsoleView
{
    private readonly TextWriter output = Console.Out;

    public override bool NeedsRosterInWords => true;

    public override Task<int> RunAsync(Func<ConsoleView, Task<int>> conversation) => conversation(this);

    /// <summary>A read of standard input cannot be cancelled: a background thread sits in it, which does not keep the process alive.</summary>
    public override IAsyncEnumerable<string> ReadLinesAsync(CancellationToken cancellation)
    {
        var lines = Channel.CreateUnbounded<string>();
        new Thread(() => Read(lines.Writer)) { IsBackground = true, Name = "Standard input" }.Start();
        return lines.Reader.ReadAllAsync(cancellation);
    }

    public override void Tell(Line line) => output.WriteLine(line.Text);

    public override void ShowRoster(string room, IReadOnlyList<RosterRow> rows)
    {
        // Joins, leaves and updates are told one by one.
    }

    private static void Read(ChannelWriter<string> lines)
    {
        try
        {
            while (Console.In.ReadLine() is { } line) lines.TryWrite(line.Trim());
            lines.TryComplete();
        }
        catch (IOException failure)
        {
            lines.TryComplete(failure);
        }
    }
}
