using System.CommandLine;
using Signaling.Benchmarks.MetricsCost;

var pairs = new Option<int>("--pairs") { Description = "Pairs of peers that play ping-pong.", DefaultValueFactory = _ => 16 };
var rounds = new Option<int>("--rounds") { Description = "Rounds; in each one both hubs have their turn, in changing order.", DefaultValueFactory = _ => 20 };
var seconds = new Option<double>("--seconds") { Description = "Length of a turn.", DefaultValueFactory = _ => 2.0 };
var root = new RootCommand("What metrics cost: signals through a hub that measures, against one that does not, in turns.") { pairs, rounds, seconds };
root.SetAction((arguments, cancellation) => RunAsync(arguments.GetValue(pairs), arguments.GetValue(rounds), TimeSpan.FromSeconds(arguments.GetValue(seconds)), cancellation));
return await root.Parse(args).InvokeAsync();

static async Task RunAsync(int pairs, int rounds, TimeSpan length, CancellationToken cancellation)
{
    await using var on = await Contender.StartAsync(metrics: true, pairs);
    await using var off = await Contender.StartAsync(metrics: false, pairs);
    foreach (var contender in new[] { on, off }) await contender.PlayAsync(length, cancellation); // Both ends are compiled meanwhile.
    List<(Turn On, Turn Off)> played = [];
    for (var round = 0; round < rounds; round++)
    {
        var first = await (round % 2 is 0 ? on : off).PlayAsync(length, cancellation);
        var second = await (round % 2 is 0 ? off : on).PlayAsync(length, cancellation);
        played.Add(round % 2 is 0 ? (first, second) : (second, first));
    }

    Report.Print(played);
}
