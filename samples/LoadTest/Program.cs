using System.CommandLine;
using System.CommandLine.Invocation;
using Signaling.LoadTest.Cli;
using Spectre.Console;

var root = new LoadTestCommand(AnsiConsole.Console, Console.Error, TimeProvider.System).Create();
root.Add(new SumCommand(AnsiConsole.Console, Console.Error).Create());

// Ctrl+C ends a run early; the report of what there is takes a moment.
var parsed = root.Parse(args);
if (parsed.Action is ParseErrorAction wrong) wrong.ShowHelp = false;
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
