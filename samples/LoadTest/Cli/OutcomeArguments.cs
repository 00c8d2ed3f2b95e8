using System.CommandLine;
using Signaling.LoadTest.Reports;
using Spectre.Console;

namespace Signaling.LoadTest.Cli;

/// <summary>The options that say what happens to a report, for a run and for a sum alike.</summary>
internal sealed class OutcomeArguments
{
    private readonly Option<FileInfo?> json = new("--json") { Description = "Write the report, histograms included, to this file.", HelpName = "FILE" };

    private readonly Option<string[]> threshold = new Option<string[]>("--threshold")
    {
        Description = "A bound such as p99<20ms, join.p90<=1s, lost=0, errors=0 or rate>=1000. Repeatable; when one is broken the exit code is 99.",
        HelpName = "BOUND",
    }.MustParse(text => Threshold.Parse(text));

    private readonly Option<FileInfo?> compare = new("--compare") { Description = "Print ratios against an earlier report.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Add(json);
        command.Add(threshold);
        command.Add(compare);
    }

    /// <summary>Reads what is there to be compared with, before a long run finds out that it is not.</summary>
    /// <exception cref="ReportFileException">It is no report.</exception>
    public RunReport? ReadEarlier(ParseResult parsed) => parsed.GetValue(compare) is { } file ? ReportFile.Read(file.FullName) : null;

    /// <returns>The exit code.</returns>
    public int Conclude(ParseResult parsed, RunReport report, RunReport? earlier, IAnsiConsole console)
    {
        var verdicts = (parsed.GetValue(threshold) ?? []).Select(text => Threshold.Parse(text).Judge(report)).ToList();
        if (parsed.GetValue(json) is { } file) ReportFile.Write(file.FullName, report with { Thresholds = verdicts });

        var screen = new ConsoleReport(console);
        screen.Show(report);
        if (earlier is not null) screen.Show(Comparison.Of(earlier, report), parsed.GetValue(compare)!.Name);
        screen.Show(verdicts);
        return verdicts.TrueForAll(verdict => verdict.Holds) ? ExitCode.Done : ExitCode.ThresholdBroken;
    }
}
