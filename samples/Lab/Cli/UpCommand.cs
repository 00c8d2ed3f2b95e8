using System.CommandLine;
using Signaling.Lab.Regions;

namespace Signaling.Lab.Cli;

/// <summary><c>up</c>: builds, tells how to look around, and stays until it is interrupted.</summary>
internal sealed class UpCommand(LabSession session, TextReader input)
{
    private readonly OceanArguments ocean = new();

    public Command Create()
    {
        var command = new Command("up", "Build the regions and stay until Ctrl+C. Prints addresses and commands; distances can be changed and ways cut meanwhile.");
        ocean.AddTo(command);
        command.SetAction(async (parsed, interrupt) =>
        {
            var exitCode = await session.RunAsync(() => ocean.Create(parsed), StayAsync, interrupt);
            return exitCode is ExitCode.Interrupted ? ExitCode.Done : exitCode; // How it is meant to end.
        });
        return command;
    }

    private async Task<int> StayAsync(World world, CancellationToken cancellation)
    {
        new Guide(session.Console).Show(world);
        var controls = new Controls(world.Ocean, session).Create();
        while (await ReadLineAsync(cancellation) is { } line)
        {
            if (line.Trim().Length > 0) await controls.Parse(line).InvokeAsync(cancellationToken: cancellation);
        }

        // Nobody can type any more.
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        return ExitCode.Done;
    }

    /// <summary>A console is read by a thread that nothing can interrupt; it is left behind then.</summary>
    private Task<string?> ReadLineAsync(CancellationToken cancellation) => Task.Run(input.ReadLine, cancellation).WaitAsync(cancellation);
}
