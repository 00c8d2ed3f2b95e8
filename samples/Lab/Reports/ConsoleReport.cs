using System.Globalization;
using Spectre.Console;

namespace Signaling.Lab.Reports;

/// <summary>The report as a table.</summary>
internal sealed class ConsoleReport(IAnsiConsole console)
{
    public void Show(LabReport report)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("Measured against the physical limit");
        foreach (var name in (string[])["scenario", "what"]) table.AddColumn(name);
        foreach (var name in (string[])["measured", "p99", "samples", "physics", "at most"]) table.AddColumn(new TableColumn(name).RightAligned());
        table.AddColumn("");
        foreach (var check in report.Checks) AddRow(table, check);
        console.WriteLine();
        console.Write(table);
        foreach (var check in report.Checks.Where(check => check.Note is not null)) console.MarkupLineInterpolated($"[grey]{check.What}: {check.Note}[/]");
    }

    private static void AddRow(Table table, Check check) => table.AddRow(
        new Text(check.Scenario),
        new Text(check.What),
        new Text(check.Measured is { } measured ? $"{Number(measured)} {check.Unit}".TrimEnd() : "–"),
        new Text(check.Times is { } times ? $"{Number(times.P99)} {check.Unit}" : ""),
        new Text(check.Times?.Count.ToString("N0", CultureInfo.InvariantCulture) ?? ""),
        new Text($"{Number(check.Physical)} {check.Unit}".TrimEnd()),
        new Text($"{Number(check.Limit)} {check.Unit}".TrimEnd()),
        new Markup(check.Holds ? "[green]✓[/]" : "[red]✗[/]"));

    private static string Number(double value) => value.ToString(value == Math.Floor(value) ? "N0" : value < 100 ? "N2" : "N1", CultureInfo.InvariantCulture);
}
