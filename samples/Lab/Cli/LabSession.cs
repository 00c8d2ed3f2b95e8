using System.Runtime.InteropServices;
using Signaling.Lab.Regions;
using Spectre.Console;

namespace Signaling.Lab.Cli;

/// <summary>Builds the world for a command and takes it down again, however the command ends.</summary>
internal sealed class LabSession(IAnsiConsole console, TextWriter errors)
{
    public IAnsiConsole Console => console;

    public void Tell(string what) => console.MarkupLineInterpolated($"[grey]· {what}[/]");

    public int Fail(string why)
    {
        errors.WriteLine(why);
        return ExitCode.CannotRun;
    }

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Func<Ocean> ocean, Func<World, CancellationToken, Task<int>> work, CancellationToken interrupt)
    {
        if (Requirements.Problem() is { } problem) return Fail(problem);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(interrupt);
        // A terminal that is closed is an interruption like any other.
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            ended.Cancel();
        });
        using var notice = ended.Token.Register(() => Tell("Interrupted; taking everything down"));
        try
        {
            await using var world = await World.BuildAsync(ocean(), Tell, ended.Token);
            return await work(world, ended.Token);
        }
        catch (Exception) when (ended.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception failure) when (failure is LabException or TimeoutException or InvalidOperationException or IOException)
        {
            return Fail(failure.Message);
        }
    }
}
