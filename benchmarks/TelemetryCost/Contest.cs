namespace Signaling.Benchmarks.TelemetryCost;

/// <summary>Hubs that take turns, so that whatever else the machine does meets them all.</summary>
/// <param name="Pairs">How many pairs of peers each hub has.</param>
/// <param name="Rounds">How often every hub has its turn.</param>
/// <param name="Length">Of a turn.</param>
internal sealed record Contest(int Pairs, int Rounds, TimeSpan Length)
{
    private const string NotKept = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

    /// <summary>Whether signals have a trace parent.</summary>
    public bool TraceParents { get; init; }

    public Task<Contender> StartAsync(string name, Dictionary<string, string> settings) => Contender.StartAsync(name, settings, Pairs, TraceParents ? NotKept : null);

    /// <returns>The turns of each, round by round.</returns>
    public async Task<IReadOnlyList<(string Name, IReadOnlyList<Turn> Turns)>> RunAsync(Contender[] contenders, CancellationToken cancellation)
    {
        foreach (var contender in contenders) await contender.PlayAsync(Length, cancellation); // Both ends are compiled meanwhile.
        var played = contenders.ToDictionary(contender => contender, _ => new List<Turn>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var contender in InOrder(contenders, round)) played[contender].Add(await contender.PlayAsync(Length, cancellation));
        }

        return [.. contenders.Select(contender => (contender.Name, (IReadOnlyList<Turn>)played[contender]))];
    }

    /// <summary>Each one is first as often as any other, and as often before another one as after it.</summary>
    private static IEnumerable<Contender> InOrder(Contender[] contenders, int round)
    {
        var first = round / 2 % contenders.Length;
        var rotated = contenders.Skip(first).Concat(contenders.Take(first));
        return round % 2 is 0 ? rotated : rotated.Reverse();
    }
}
