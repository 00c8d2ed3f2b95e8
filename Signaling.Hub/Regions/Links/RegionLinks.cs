using Microsoft.Extensions.Options;
using Signaling.Hub.Nodes.Messages;

namespace Signaling.Hub.Regions.Links;

/// <summary>The links to all other regions.</summary>
internal sealed class RegionLinks(IOptions<SignalingOptions> options, NodeProtocol protocol, ILoggerFactory logging, TimeProvider time) : IAsyncDisposable
{
    private readonly Dictionary<string, RegionLink> _links = options.Value.Regions
        .Where(region => region.Name != options.Value.Region)
        .ToDictionary(region => region.Name, region => new RegionLink(region, protocol, logging, time), StringComparer.Ordinal);

    public IReadOnlyCollection<RegionLink> All => _links.Values;

    /// <summary>A node of another region.</summary>
    /// <exception cref="NodeUnreachableException">There is no such region.</exception>
    public RemoteNode Of(string region, string node) => _links.TryGetValue(region, out var link) ? link.Of(node) : throw new NodeUnreachableException();

    public async ValueTask DisposeAsync()
    {
        foreach (var link in All) await link.DisposeAsync();
    }
}
