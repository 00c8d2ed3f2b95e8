using Microsoft.Extensions.Options;
using Signaling.Contracts;
using Signaling.Hub.Ice.Choice;
using Signaling.Hub.Ice.Credentials;
using Signaling.Hub.Ice.RelayOnly;

namespace Signaling.Hub.Ice;

/// <summary>The STUN and TURN servers of a peer, with credentials of its own.</summary>
internal sealed class IceServers(ServerChoice choice, RelayOnlyRooms relayOnly, IOptions<SignalingOptions> options, TimeProvider time)
{
    private readonly IceOptions _options = options.Value.Ice;

    public IceServerList ForPeer(string room, string peerId)
    {
        // In a relay-only room nobody may use what a STUN server tells.
        Chosen[] chosen = [.. relayOnly.Includes(room) ? [] : choice.Stun(peerId), .. choice.Turn(peerId)];
        var expires = time.GetUtcNow() + _options.CredentialLifetime;
        return new IceServerList
        {
            Servers = [.. chosen.Select(each => ToServer(each, CredentialFor(each.Server, expires, room, peerId)))],
            ExpiresInSeconds = chosen.Any(each => each.Server is { IsTurn: true, Options.IsMinted: true }) ? (int)_options.CredentialLifetime.TotalSeconds : null,
        };
    }

    private TurnCredential? CredentialFor(KnownServer server, DateTimeOffset expires, string room, string peerId) => server switch
    {
        { IsTurn: false } => null,
        { Options: { Username: { } username, Credential: { } password } } => new TurnCredential(username, password),
        _ => TurnCredential.For(_options.Secrets[server.Secret], expires, room, peerId),
    };

    private static IceServer ToServer(Chosen chosen, TurnCredential? credential) => new()
    {
        Urls = [.. chosen.Urls.Select(url => url.Text)],
        Username = credential?.Username,
        Credential = credential?.Password,
    };
}
