using System.Globalization;

namespace Signaling.LoadTest.Progress;

/// <summary>A line every few seconds, for a log.</summary>
internal sealed class PlainProgress(TextWriter output) : IProgressView
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public async Task ShowAsync(LoadRun run, Task execution)
    {
        var text = new ProgressText(run);
        var began = run.Clock.Now;
        while (await Task.WhenAny(execution, Task.Delay(Interval, run.Clock.Time)) != execution)
        {
            var seconds = (run.Clock.Now - began).TotalSeconds;
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{seconds,5:0} s  {run.Phase,-5}  {text.Next()}"));
        }
    }
}
