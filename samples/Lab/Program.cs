using System.CommandLine;
using System.CommandLine.Invocation;
using Signaling.Lab.Cli;
using Spectre.Console;

// Redirected, there is no terminal whose width the table has to fit.
if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 140;
var session = new LabSession(AnsiConsole.Console, Console.Error);
var root = new RootCommand(
    "Three regions of the signaling service on this machine, with the real distances between them: Seoul, Frankfurt, Virginia. " +
    "Exit codes: 0 done, 1 a limit was broken, 2 the lab cannot run, 130 interrupted.")
{
    new RunCommand(session, TimeProvider.System).Create(),
    new UpCommand(session, Console.In).Create(),
    CleanCommand.Create(session),
    AgentCommand.Create(),
};

// Ctrl+C ends a run; taking everything down takes a moment.
var parsed = root.Parse(args);
if (parsed.Action is ParseErrorAction wrong) wrong.ShowHelp = false;
var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
return parsed.Errors.Count > 0 ? ExitCode.CannotRun : exitCode;
