namespace Signaling.Lab.Scenarios;

/// <summary>All scenarios, in the order in which they run.</summary>
internal static class Catalog
{
    public static readonly IReadOnlyList<IScenario> All = [new NamesScenario(), new NearScenario(), new AcrossScenario(), new JoinScenario(), new RosterScenario()];
}
