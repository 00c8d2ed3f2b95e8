using System.CommandLine;
using Signaling.Lab.Regions;
using Signaling.LoadTest.Cli;

namespace Signaling.Lab.Cli;

/// <summary>The options that say how far the regions are from each other.</summary>
internal sealed class OceanArguments
{
    private readonly Option<string[]> delay = new Option<string[]>("--delay")
    {
        Description = $"The round trip between two regions. Repeatable. Default: {string.Join(", ", Distances.Real.Select(pair => $"{pair.Key}={pair.Value.TotalMilliseconds}ms"))} ({Distances.Source}).",
        HelpName = "PAIR=TIME",
    }.MustParse(text => RegionNames.ParseDistance(text));

    private readonly Option<Duration> jitter = new Option<Duration>("--jitter")
    {
        Description = "At most how much longer anything takes between regions, at random; the order is kept.",
        HelpName = "TIME",
        CustomParser = Duration.Parse,
        DefaultValueFactory = _ => new Duration("0ms", TimeSpan.Zero),
    }.Must(jitter => jitter.Time <= RegionNames.Farthest, $"is at most {RegionNames.Farthest.TotalSeconds}s");

    public void AddTo(Command command)
    {
        command.Add(delay);
        command.Add(jitter);
    }

    public Ocean Create(ParseResult parsed) =>
        new(Distances.With((parsed.GetValue(delay) ?? []).Select(RegionNames.ParseDistance)), parsed.GetValue(jitter).Time);
}
