using System.Collections.Frozen;
using System.Text.Json;
using Prometheus;

namespace Signaling.Hub.Telemetry.Metrics;

/// <summary>Values of labels: the names of enums as they go on the wire. A family's children are made once, so that counting looks nothing up by text.</summary>
internal static class MetricLabels
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    public static string Of(bool value) => value ? "true" : "false";

    /// <summary>One child for each value of an enum.</summary>
    public static FrozenDictionary<T, TChild> Each<T, TChild>(Func<string, TChild> child) where T : struct, Enum where TChild : ICollectorChild =>
        Enum.GetValues<T>().ToFrozenDictionary(value => value, value => child(Of(value)));
}
