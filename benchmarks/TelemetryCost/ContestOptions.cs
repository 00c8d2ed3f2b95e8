using System.CommandLine;

namespace Signaling.Benchmarks.TelemetryCost;

/// <summary>What every command asks for.</summary>
internal sealed class ContestOptions
{
    private readonly Option<int> pairs = new("--pairs") { Description = "Pairs of peers that play ping-pong.", DefaultValueFactory = _ => 16 };
    private readonly Option<int> rounds = new("--rounds") { Description = "Rounds; in each one every hub has its turn, in changing order.", DefaultValueFactory = _ => 60 };
    private readonly Option<double> seconds = new("--seconds") { Description = "Length of a turn.", DefaultValueFactory = _ => 1.0 };

    public void AddTo(Command command)
    {
        command.Add(pairs);
        command.Add(rounds);
        command.Add(seconds);
    }

    public Contest Read(ParseResult parsed) => new(parsed.GetValue(pairs), parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
}
