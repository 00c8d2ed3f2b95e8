using System.CommandLine;
using Signaling.Lab.Routing;

namespace Signaling.Lab.Cli;

/// <summary><c>clean</c>: removes what killed runs have left.</summary>
internal static class CleanCommand
{
    public static Command Create(LabSession session)
    {
        var command = new Command("clean", "Remove what a run that was killed has left: processes, namespaces, folders. The next run does it, too.");
        command.SetAction(async _ =>
        {
            if (Requirements.Problem() is { } problem) return session.Fail(problem);
            var removed = await NetworkNamespace.SweepAsync();
            session.Tell(removed.Count is 0 ? "Nothing was left" : $"Removed {string.Join(", ", removed)}");
            return ExitCode.Done;
        });
        return command;
    }
}
