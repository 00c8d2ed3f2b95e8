namespace Signaling.Tests.Faults.Delivery;

/// <summary>What the ledger proves.</summary>
/// <param name="Violations">Promises that were broken, each in one line with what it is about.</param>
/// <param name="Owed">Copies of accepted messages whose two ends are still there: each has to have arrived.</param>
/// <param name="Excused">Copies of accepted messages that did not arrive where one end came back as a new peer: its channels ended.</param>
internal sealed record Verdict(IReadOnlyList<string> Violations, int Owed, int Excused)
{
    private const int ShownOfAKind = 15;

    public override string ToString() =>
        $"{Owed} owed, {Excused} excused, {Violations.Count} violations\n{string.Join('\n', Violations.GroupBy(KindOf).SelectMany(kind => kind.Take(ShownOfAKind)))}";

    private static string KindOf(string violation) => violation[..Math.Max(0, violation.IndexOf(':'))];
}
