using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Signaling.Hub.Nodes;
using Signaling.Hub.Operator.Console.Survey;
using Signaling.Hub.Regions.Links;

namespace Signaling.Hub.Operator.Console.Views;

/// <summary>Regions, nodes and TURN servers, once a second.</summary>
internal sealed class Overview(NodeSurvey survey, Reachability reachability, RegionLinks links, NodeNames names, IOptions<SignalingOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly Question Status = new() { Status = true };

    public async IAsyncEnumerable<OverviewView> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var nodes = new KnownNodes(time);
        await foreach (var answers in survey.AskAsync(Period, _ => Status, cancellation))
        {
            nodes.Heard(answers.Where(heard => heard.Answer.Status is not null));
            yield return View(nodes.All);
        }
    }

    private OverviewView View(IReadOnlyList<KnownNode> nodes)
    {
        var answering = nodes.Where(node => node.Answers).ToLookup(node => node.Answer.Region);
        return new(time.GetUtcNow(), reachability.Own, names.Current, answering.SelectMany(region => region).Sum(node => node.Answer.Status!.RoomsOfService), [.. Regions().Select(region => RegionOf(region.Name, region.Url, [.. answering[region.Name]]))],
            [.. nodes.Select(NodeOf)], [.. answering.OrderBy(region => region.Key, StringComparer.Ordinal).SelectMany(TurnOf)]);
    }

    private IEnumerable<(string Name, string? Url)> Regions()
    {
        var configured = options.Value.Regions.Select(region => (region.Name, (string?)region.Url)).ToArray();
        return configured.Any(region => region.Name == reachability.Own) ? configured : configured.Prepend((reachability.Own, null));
    }

    private RegionView RegionOf(string name, string? url, IReadOnlyList<KnownNode> nodes) => new(
        name,
        url,
        name == reachability.Own,
        name == reachability.Own ? null : LinkTo(name),
        nodes.Count,
        nodes.Sum(node => node.Answer.Status!.Connections),
        nodes.Sum(node => node.Answer.Status!.Peers),
        nodes.Sum(node => node.Answer.Status!.RoomsOfRegion));

    private LinkView LinkTo(string region) =>
        new(reachability.IsOpen(region), (reachability.RoundTripTo(region) / 2)?.TotalMilliseconds, links.All.First(link => link.Region == region).UnderWay);

    private static NodeView NodeOf(KnownNode node)
    {
        var status = node.Answer.Status!;
        return new(
            node.Answer.Node, node.Answer.Region, status.StartedAt,
            node.Answers ? status.State : NodeState.NotReady,
            node.Answers ? status.Problem : "no answer",
            status.Connections, status.Peers, status.Reconnecting, status.Rooms, node.SignalsPerSecond, status.Redis, status.MemoryMb, (long)node.Silence.TotalMilliseconds);
    }

    /// <summary>As the first of a region's nodes finds them.</summary>
    private static IEnumerable<TurnView> TurnOf(IGrouping<string, KnownNode> region) => region.First().Answer.Status!.Turn
        .Select(url => new TurnView(url.Region, url.Url, url.Well, url.Problem, url.RoundTripMs, url.Since, url.Weight, region.Key));
}
