using System.Globalization;
using Signaling.LoadTest.Accounting;
using Spectre.Console;

namespace Signaling.LoadTest.Reports;

/// <summary>The report as tables.</summary>
internal sealed class ConsoleReport(IAnsiConsole console)
{
    private const int IncidentsShown = 20;
    private const double LateMs = 10;

    public void Show(RunReport report)
    {
        console.WriteLine();
        console.Write(Summary(report));
        console.Write(Latencies(report));
        foreach (var (code, count) in report.Errors) console.MarkupLineInterpolated($"[yellow]error[/]  {code}  × {count:N0}");
        ShowIncidents(report);
        Warn(report);
    }

    public void Show(IReadOnlyList<Comparison> comparisons, string before)
    {
        var table = NewTable($"Against {before}").AddColumn("").AddColumn(Right("before")).AddColumn(Right("now")).AddColumn(Right("ratio"));
        foreach (var row in comparisons)
        {
            var colour = row.IsImprovement switch { true => "green", false => "red", null => "default" };
            table.AddRow(
                new Text(row.Metric.Name), new Text(Number(row.Before)), new Text(Number(row.Now)), new Markup($"[{colour}]{row.Arrow} {Ratio(row)}[/]"));
        }

        console.Write(table);
    }

    public void Show(IReadOnlyList<Verdict> verdicts)
    {
        foreach (var verdict in verdicts)
        {
            var actual = verdict.Actual is { } value ? Number(value) : "not measured";
            if (verdict.Holds) console.MarkupLineInterpolated($"[green]✓[/] {verdict.Threshold}  ({actual})");
            else console.MarkupLineInterpolated($"[red]✗[/] {verdict.Threshold}  ({actual})");
        }
    }

    private static Table Summary(RunReport report)
    {
        var (peers, signals, traffic) = (report.Peers, report.Signals, report.Traffic);
        var title = $"{report.Options.Script}, {report.Seconds.Ramp + report.Seconds.Run:0.0} s{(report.Interrupted ? ", interrupted" : "")}";
        var table = NewTable(title).HideHeaders().AddColumn("").AddColumn("");
        AddLine("peers", $"{peers.Connected:N0} of {peers.Requested:N0} connected", (peers.Failed, "failed"), (peers.Retries, "retries"));
        AddLine("connections", $"{report.AbnormalDisconnects:N0} abnormal disconnects", (peers.Rejoined, "rejoined"), (peers.Churned, "churned"));
        AddLine(
            "signals",
            $"{signals.Sent:N0} sent, {signals.Received:N0} received, {signals.ReceivedPerSecond:N1}/s",
            (signals.Refused, "refused"),
            (signals.Skipped, "skipped"));
        table.AddRow(new Text("delivery"), Delivery(signals));
        AddLine("traffic", $"{Mega(traffic.BytesSent)} MB sent, {Mega(traffic.BytesReceived)} MB received");
        AddLine("this tool", $"{report.Process.CpuSeconds:N1} s CPU, {Mega(report.Process.PeakMemoryBytes)} MB memory at most");
        return table;

        void AddLine(string name, string text, params (long Count, string What)[] others) =>
            table.AddRow(new Text(name), new Text(text + Others(others)));
    }

    private static Markup Delivery(SignalsReport signals)
    {
        var lost = signals.Lost is 0 ? "[green]0 lost[/]" : $"[red]{signals.Lost:N0} lost[/]";
        var duplicated = signals.Duplicated is 0 ? "[green]0 duplicated[/]" : $"[red]{signals.Duplicated:N0} duplicated[/]";
        return new Markup($"{lost}, {duplicated}{Others((signals.Reordered, "reordered"), (signals.Unaccountable, "unaccountable"), (signals.Foreign, "foreign"))}");
    }

    private static string Others(params (long Count, string What)[] others) =>
        string.Concat(others.Where(other => other.Count > 0).Select(other => $", {other.Count:N0} {other.What}"));

    private static Table Latencies(RunReport report)
    {
        var table = NewTable("Times in ms").AddColumn("");
        foreach (var name in (string[])["count", "mean", "p50", "p90", "p99", "p99.9", "max"]) table.AddColumn(Right(name));
        AddTimes(table, "signal", report.LatencyMs);
        AddTimes(table, "join", report.JoinMs);
        AddTimes(table, "ping", report.PingMs);
        AddTimes(table, "own lag", report.SendLagMs);
        return table;
    }

    private static void AddTimes(Table table, string name, HistogramReport times) => table.AddRow(
        name, times.Count.ToString("N0", CultureInfo.InvariantCulture), Ms(times.Mean), Ms(times.P50), Ms(times.P90), Ms(times.P99), Ms(times.P999), Ms(times.Max));

    private void ShowIncidents(RunReport report)
    {
        foreach (var incident in report.Incidents.Take(IncidentsShown))
        {
            console.MarkupLineInterpolated($"[red]{incident.What}[/]  room {incident.Room}  from {incident.From}  to {incident.To}  signal {incident.Seq}");
        }

        if (report.Incidents.Count > IncidentsShown)
        {
            console.MarkupLineInterpolated($"… and {report.Incidents.Count - IncidentsShown:N0} more {Incident.Loss} or {Incident.Duplicate}; --json FILE has them.");
        }
    }

    private void Warn(RunReport report)
    {
        if (report.SendLagMs.P99 is not { } lag || lag <= LateMs) return;
        console.MarkupLineInterpolated($"[yellow]This tool was {lag:N1} ms late or more with 1 % of its signals: the machine is too busy, and the times above include that.[/]");
    }

    private static Table NewTable(string title) => new Table().Border(TableBorder.Rounded).Title(title);

    private static TableColumn Right(string name) => new TableColumn(name).RightAligned();

    private static string Ms(double? ms) => ms is { } value ? Number(value) : "–";

    private static string Number(double value) =>
        value.ToString(value == Math.Floor(value) ? "N0" : value < 100 ? "N2" : "N1", CultureInfo.InvariantCulture);

    private static string Ratio(Comparison row) =>
        double.IsFinite(row.Ratio) ? row.Ratio.ToString("× 0.00", CultureInfo.InvariantCulture) : "new";

    private static string Mega(long bytes) => (bytes / 1e6).ToString("N1", CultureInfo.InvariantCulture);
}
