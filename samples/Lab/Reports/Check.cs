using System.Text.Json.Serialization;

namespace Signaling.Lab.Reports;

/// <summary>One line of the table: what was measured, what physics allows, and what is still good enough.</summary>
/// <param name="Scenario">Its name, as for <c>--scenario</c>.</param>
/// <param name="What">What was measured.</param>
/// <param name="Unit">Of all three values; none when something is counted.</param>
/// <param name="Measured">The median of <see cref="Times"/>, or what was counted; <c>null</c>: it could not be measured.</param>
/// <param name="Physical">What no software can be better than.</param>
/// <param name="Limit">What it may be at most.</param>
internal sealed record Check(string Scenario, string What, string Unit, double? Measured, double Physical, double Limit)
{
    public const string Ms = "ms";

    /// <summary>All that the median stands for.</summary>
    public TimesReport? Times { get; init; }

    /// <summary>Why it could not be measured, or what it is compared with.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    public bool Holds => Measured <= Limit;

    public static Check OfTimes(string scenario, string what, TimesReport times, double physical, double limit) =>
        new(scenario, what, Ms, times.P50, physical, limit) { Times = times };
}
