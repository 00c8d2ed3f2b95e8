using Microsoft.Extensions.Options;

namespace Signaling.Hub.Ice.Choice;

/// <summary>Which servers a peer gets, and which of their URLs: its own region's first, fallback regions behind, only what is well.</summary>
internal sealed class ServerChoice(KnownServers servers, IOptions<SignalingOptions> options)
{
    private readonly IceOptions _options = options.Value.Ice;
    private readonly string _region = options.Value.Region;
    private readonly IReadOnlyList<string> _fallbacks = [.. FallbacksOf(options.Value).Where(region => region != options.Value.Region)];

    public IEnumerable<Chosen> Stun(string peerId)
    {
        var (own, others) = Rank(servers.All.Where(server => !server.IsTurn), peerId);
        return (own.Count > 0 ? own : others).Take(_options.ServersPerPeer);
    }

    public IEnumerable<Chosen> Turn(string peerId)
    {
        var (own, others) = Rank(servers.All.Where(server => server.IsTurn), peerId);
        var kept = others.Count > 0 && _options.ServersPerPeer > 1 ? 1 : 0;
        return own.Take(_options.ServersPerPeer - kept).Concat(others).Take(_options.ServersPerPeer);
    }

    /// <summary>When none is well, the fault may be this hub's own: peers get them as if all were.</summary>
    private (IReadOnlyList<Chosen> Own, IReadOnlyList<Chosen> Others) Rank(IEnumerable<KnownServer> all, string peerId)
    {
        var open = all.Where(server => server.Share > 0 && (server.IsOf(_region) || _fallbacks.Contains(server.Options.Region))).ToArray();
        var well = open.Select(server => new Chosen(server, server.WellUrls)).Where(chosen => chosen.Urls.Count > 0).ToArray();
        var usable = well.Length > 0 ? well : [.. open.Select(server => new Chosen(server, server.Urls))];
        return ([.. Order(usable.Where(chosen => chosen.Server.IsOf(_region)), peerId)],
            [.. _fallbacks.SelectMany(region => Order(usable.Where(chosen => chosen.Server.Options.Region == region), peerId))]);
    }

    /// <summary>Servers of which every URL is well come first.</summary>
    private static IEnumerable<Chosen> Order(IEnumerable<Chosen> servers, string peerId) => Rendezvous
        .Order(servers, peerId, chosen => chosen.Server.Key, chosen => chosen.Server.Share)
        .OrderByDescending(chosen => chosen.Urls.Count == chosen.Server.Urls.Count);

    private static IEnumerable<string> FallbacksOf(SignalingOptions options) => options.Ice.FallbackRegions.Count > 0
        ? options.Ice.FallbackRegions
        : options.Ice.Servers.Select(server => server.Region).OfType<string>().Distinct();
}

/// <summary>A server that a peer gets.</summary>
/// <param name="Server">The server.</param>
/// <param name="Urls">Those of its URLs that are of use.</param>
internal readonly record struct Chosen(KnownServer Server, IReadOnlyList<KnownUrl> Urls);
