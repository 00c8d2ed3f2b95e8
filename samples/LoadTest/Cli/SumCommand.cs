using System.CommandLine;
using Signaling.LoadTest.Reports;
using Spectre.Console;

namespace Signaling.LoadTest.Cli;

/// <summary><c>sum</c>: one report from those of several processes.</summary>
internal sealed class SumCommand(IAnsiConsole console, TextWriter errors)
{
    private readonly Argument<FileInfo[]> files = new("FILE") { Description = "Reports written with --json.", Arity = ArgumentArity.OneOrMore };
    private readonly OutcomeArguments outcome = new();

    public Command Create()
    {
        var command = new Command("sum", "Add up the reports of processes that ran side by side: counters and histograms.") { files };
        outcome.AddTo(command);
        command.SetAction(Sum);
        return command;
    }

    private int Sum(ParseResult parsed)
    {
        try
        {
            var earlier = outcome.ReadEarlier(parsed);
            return outcome.Conclude(parsed, ReportSum.Of(parsed.GetRequiredValue(files).Select(file => ReportFile.Read(file.FullName))), earlier, console);
        }
        catch (Exception failure) when (failure is ReportFileException or FormatException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(failure.Message);
            return ExitCode.CannotRun;
        }
    }
}
