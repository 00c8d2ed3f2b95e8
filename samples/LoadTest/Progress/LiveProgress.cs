using Spectre.Console;
using Spectre.Console.Rendering;

namespace Signaling.LoadTest.Progress;

/// <summary>Bars and a line of live rates, on a terminal.</summary>
internal sealed class LiveProgress(IAnsiConsole console) : IProgressView
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);
    private static readonly RunPhase[] Phases = [RunPhase.Ramp, RunPhase.Run, RunPhase.Drain];

    public Task ShowAsync(LoadRun run, Task execution)
    {
        var text = new ProgressText(run);
        IRenderable rates = new Text(text.Next());
        return console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .UseRenderHook((bars, _) => new Rows(bars, rates))
            .StartAsync(async context =>
            {
                var bars = Phases.ToDictionary(phase => phase, phase => context.AddTask(phase.ToString(), autoStart: false));
                while (!execution.IsCompleted)
                {
                    Update(run, text, bars);
                    rates = new Text(text.Next());
                    context.Refresh();
                    await Task.WhenAny(execution, Task.Delay(Refresh, run.Clock.Time));
                }

                foreach (var bar in bars.Values) bar.Value = bar.MaxValue;
            });
    }

    private static void Update(LoadRun run, ProgressText text, Dictionary<RunPhase, ProgressTask> bars)
    {
        foreach (var (phase, bar) in bars)
        {
            if (phase > run.Phase) continue;
            if (!bar.IsStarted) bar.StartTask();
            bar.Value = phase < run.Phase ? bar.MaxValue : bar.MaxValue * text.Fraction();
            if (phase < run.Phase) bar.StopTask();
        }
    }
}
