using System.CommandLine;
using Signaling.Lab.Clients;

namespace Signaling.Lab.Cli;

/// <summary><c>agent</c>: the lab's own process among the clients of a region.</summary>
internal static class AgentCommand
{
    public static Command Create()
    {
        var command = new Command(AgentProcess.Command, "Do what the lab writes to the input.") { Hidden = true };
        command.SetAction(async _ =>
        {
            await new Agent(Console.In, Console.Out, TimeProvider.System).RunAsync();
            return ExitCode.Done;
        });
        return command;
    }
}
