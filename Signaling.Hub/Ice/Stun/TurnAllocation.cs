using Signaling.Hub.Ice.Credentials;
using Signaling.Hub.Ice.Stun.Messages;

namespace Signaling.Hub.Ice.Stun;

/// <summary>An allocation of a relayed address, made and given back (RFC 8656 §7 and §8), with long-term credentials (RFC 8489 §9.2).</summary>
internal sealed class TurnAllocation(IStunConnection connection, TurnCredential credential)
{
    private const uint Udp = 17u << 24;
    private const int MostNonces = 3;

    private string _realm = "";
    private string _nonce = "";

    private StunKey Key => new(credential.Username, _realm, credential.Password);

    /// <returns>Whether the credential was taken.</returns>
    /// <exception cref="StunException">The server has no address to give.</exception>
    public async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        var challenge = await connection.AskAsync(Allocate(), cancellationToken);
        if (challenge.Class is StunClass.Success) return true; // It asks nobody for credentials.
        if (challenge.ErrorCode is not StunError.Unauthenticated) throw Refused(challenge);
        Heed(challenge);

        var answer = await AskAsync(Allocate, cancellationToken);
        if (answer.ErrorCode is StunError.Unauthenticated) return false;
        if (answer.Class is StunClass.Error) throw Refused(answer);
        if (!answer.IsSignedWith(Key)) throw new StunException("its answer is not signed with the credential");
        if (answer.XorAddress(StunAttribute.XorRelayedAddress) is null) throw new StunException("its allocation names no address");
        await AskAsync(Release, cancellationToken);
        return true;
    }

    /// <summary>Asks with the credential, and again when the nonce has gone stale.</summary>
    private async Task<StunMessage> AskAsync(Func<StunRequest> request, CancellationToken cancellationToken)
    {
        for (var nonces = 1; ; nonces++)
        {
            var signed = request()
                .Add(StunAttribute.Username, credential.Username)
                .Add(StunAttribute.Realm, _realm)
                .Add(StunAttribute.Nonce, _nonce)
                .Sign(Key);
            var answer = await connection.AskAsync(signed, cancellationToken);
            if (answer.ErrorCode is not StunError.StaleNonce) return answer;
            if (nonces == MostNonces) throw new StunException("it finds every nonce stale (438)");
            Heed(answer);
        }
    }

    private void Heed(StunMessage challenge) => (_realm, _nonce) =
        (challenge.Text(StunAttribute.Realm) ?? throw new StunException("it names no realm"), challenge.Text(StunAttribute.Nonce) ?? throw new StunException("it gives no nonce"));

    private static StunRequest Allocate() => new StunRequest(StunMethod.Allocate).Add(StunAttribute.RequestedTransport, Udp);

    private static StunRequest Release() => new StunRequest(StunMethod.Refresh).Add(StunAttribute.Lifetime, 0u);

    private static StunException Refused(StunMessage answer) => new(answer.ErrorCode switch
    {
        StunError.AllocationQuotaReached or StunError.InsufficientCapacity => $"it is full ({answer.ErrorCode})",
        var code => $"it refuses an allocation with {code?.ToString() ?? "an unreadable error"}",
    });
}
