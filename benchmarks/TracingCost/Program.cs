using System.CommandLine;
using System.Globalization;
using Signaling.Benchmarks.TracingCost;

var pairs = new Option<int>("--pairs") { Description = "Pairs of peers that play ping-pong.", DefaultValueFactory = _ => 8 };
var rounds = new Option<int>("--rounds") { Description = "Rounds; in each one every hub has its turn, in changing order.", DefaultValueFactory = _ => 20 };
var seconds = new Option<double>("--seconds") { Description = "Length of a turn.", DefaultValueFactory = _ => 2.0 };
var root = new RootCommand("What traces cost: the hub's processor time for each signal with tracing off, one trace in a hundred, and every trace, in turns.") { pairs, rounds, seconds };
root.SetAction((arguments, _) => RunAsync(arguments.GetValue(pairs), arguments.GetValue(rounds), TimeSpan.FromSeconds(arguments.GetValue(seconds))));
return await root.Parse(args).InvokeAsync();

static async Task RunAsync(int pairs, int rounds, TimeSpan length)
{
    await using var sink = await Sink.StartAsync();
    await using var off = await Contender.StartAsync("off", null, sink.Url, pairs);
    await using var some = await Contender.StartAsync("1 %", "0.01", sink.Url, pairs);
    await using var all = await Contender.StartAsync("all", "1", sink.Url, pairs);
    Contender[] contenders = [off, some, all];
    foreach (var contender in contenders) await contender.PlayAsync(length); // Both ends are compiled meanwhile.
    var played = contenders.ToDictionary(contender => contender, _ => new List<double>());
    for (var round = 0; round < rounds; round++)
    {
        foreach (var contender in contenders.Skip(round % 3).Concat(contenders.Take(round % 3))) played[contender].Add(await contender.PlayAsync(length));
    }

    foreach (var contender in contenders)
    {
        var ratios = played[contender].Zip(played[off], (own, without) => own / without).Order().ToArray();
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{contender.Name,-4} {Median(played[contender].Order().ToArray()),7:0.0} us a signal, {Median(ratios):0.000} of off (middle half of the rounds {ratios[rounds / 4]:0.000} to {ratios[rounds * 3 / 4]:0.000})"));
    }

    if (sink.Bytes is 0) throw new InvalidOperationException("No span came.");
}

static double Median(double[] ordered) => ordered[ordered.Length / 2];
