using Microsoft.Extensions.Options;
using Signaling.Hub.Redis;

namespace Signaling.Hub.Regions;

/// <summary>Refuses to start with a list of regions that contradicts itself or the rest.</summary>
internal sealed class RegionsValidator : IValidateOptions<SignalingOptions>
{
    public ValidateOptionsResult Validate(string? name, SignalingOptions options)
    {
        if (options.Regions.Count is 0) return ValidateOptionsResult.Success;
        var problems = Problems(options).ToArray();
        return problems.Length is 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(SignalingOptions options)
    {
        if (!options.Regions.Any(region => region.Name == options.Region)) yield return $"Signaling:Regions does not list this node's own region, '{options.Region}'.";
        foreach (var twice in options.Regions.GroupBy(region => region.Name).Where(group => group.Count() > 1)) yield return $"Signaling:Regions lists '{twice.Key}' twice.";
        if (options.Regions.Count > 1 && options.Redis is null) yield return "Several Signaling:Regions need Signaling:Redis, the Redis of this node's own region.";
        for (var i = 0; i < options.Regions.Count; i++)
        {
            var region = options.Regions[i];
            if (region.Name == options.Region) continue;
            if (region.Redis is null) yield return $"Signaling:Regions:{i}:Redis is needed to reach the region '{region.Name}'.";
            else if (RedisSettings.ProblemOf(region.Redis) is { } problem) yield return $"Signaling:Regions:{i}:Redis {problem}";
        }
    }
}
