using Microsoft.Extensions.Options;

namespace Signaling.Hub.Ice.Choice;

/// <summary>All configured servers.</summary>
internal sealed class KnownServers(IOptions<SignalingOptions> options, TimeProvider time)
{
    public IReadOnlyList<KnownServer> All { get; } = [.. options.Value.Ice.Servers.Select(server => new KnownServer(server, options.Value.Ice.ReturnAfter, time))];

    /// <summary>The server of a URL as a client writes it; <c>null</c> for one that is no server of this hub.</summary>
    public (KnownServer Server, KnownUrl Url)? Find(string url)
    {
        if (IceUrl.Parse(url) is not { } wanted) return null;
        foreach (var server in All)
        {
            if (server.Urls.FirstOrDefault(known => known.Url == wanted) is { } known) return (server, known);
        }

        return null;
    }
}
