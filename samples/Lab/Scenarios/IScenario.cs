using Signaling.Lab.Regions;
using Signaling.Lab.Reports;

namespace Signaling.Lab.Scenarios;

/// <summary>One question that the lab answers.</summary>
internal interface IScenario
{
    string Name { get; }

    /// <summary>For the help and the progress.</summary>
    string Description { get; }

    Task<IReadOnlyList<Check>> RunAsync(World world, Effort effort, CancellationToken cancellation);
}
