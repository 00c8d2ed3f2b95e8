using Microsoft.Extensions.Options;
using Signaling.Contracts;

namespace Signaling.Hub.Ice;

/// <summary>Chooses the STUN and TURN servers of a peer.</summary>
internal sealed class IceServers(IOptions<SignalingOptions> options)
{
    private readonly IceServerList _configured = new()
    {
        Servers = [.. options.Value.Ice.Servers.Select(server => new IceServer
        {
            Urls = [.. server.Urls],
            Username = server.Username,
            Credential = server.Credential,
        })],
    };

    public IceServerList ForPeer() => _configured;
}
