using System.CommandLine;
using Signaling.Lab.Regions;

namespace Signaling.Lab.Cli;

/// <summary>What can be typed while the lab is up.</summary>
internal sealed class Controls(Ocean ocean, LabSession session)
{
    public Command Create()
    {
        var distance = Parsed("DISTANCE", "Such as seoul-frankfurt=300ms.", RegionNames.ParseDistance);
        var most = Parsed("TIME", "Such as 20ms.", RegionNames.ParseTime);
        var ways = Parsed("WAY", "seoul-frankfurt for both directions, seoul>frankfurt for one.", RegionNames.ParseWays);
        var delay = new Command("delay", "Change the round trip between two regions.") { distance };
        var jitter = new Command("jitter", "At most how much longer anything takes.") { most };
        var cut = new Command("cut", "Let nothing through, and tell nobody.") { ways };
        var heal = new Command("heal", "Let everything through again; what waited goes first.");
        var show = new Command("show", "Show distances and cuts.");
        Do(delay, parsed => Set(parsed.GetRequiredValue(distance)));
        Do(jitter, parsed => ocean.SetJitter(parsed.GetRequiredValue(most)));
        Do(cut, parsed => Cut(parsed.GetRequiredValue(ways)));
        Do(heal, _ => ocean.Heal());
        Do(show, _ => { });
        return new Command("lab", "Ctrl+C ends the lab.") { delay, jitter, cut, heal, show };
    }

    private static Argument<T> Parsed<T>(string name, string description, Func<string, T> parse) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            try
            {
                return parse(result.Tokens[0].Value);
            }
            catch (FormatException wrong)
            {
                result.AddError(wrong.Message);
                return default!;
            }
        },
    };

    private void Do(Command command, Action<ParseResult> action) => command.SetAction(parsed =>
    {
        action(parsed);
        foreach (var (pair, roundTrip) in ocean.RoundTrips) session.Tell($"{pair}: {roundTrip.TotalMilliseconds} ms, jitter {ocean.Jitter.TotalMilliseconds} ms");
        foreach (var (from, to) in ocean.Cuts) session.Tell($"{from}>{to}: cut");
    });

    private void Set(KeyValuePair<RegionPair, TimeSpan> distance) => ocean.SetRoundTrip(distance.Key, distance.Value);

    private void Cut(IReadOnlyList<(string From, string To)> ways)
    {
        foreach (var (from, to) in ways) ocean.Cut(from, to);
    }
}
