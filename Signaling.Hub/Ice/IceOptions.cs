using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.Extensions.Options;
using Signaling.Hub.Access;

namespace Signaling.Hub.Ice;

/// <summary>STUN and TURN: getting through NATs.</summary>
public sealed class IceOptions : IValidatableObject
{
    private const int MinSecretBytes = 32;

    /// <summary>The servers to choose from. None is enough on one machine and on one local network.</summary>
    [ValidateEnumeratedItems]
    public IList<IceServerOptions> Servers { get; set; } = [];

    /// <summary>The secrets that the hub shares with its TURN servers (coturn: static-auth-secret), at least 32 bytes of UTF-8. The first mints, unless a server takes only a later one.</summary>
    public IList<string> Secrets { get; set; } = [];

    /// <summary>How long a minted credential is good for. The SDKs fetch the next one before that.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan CredentialLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Most TURN servers, and most plain STUN servers, that a peer gets. The last TURN server is of a fallback region, where there is one.</summary>
    [Range(1, 8)]
    public int ServersPerPeer { get; set; } = 2;

    /// <summary>Regions whose servers stand behind those of the peer's own, the best first. None: all others, as they are listed.</summary>
    public IList<string> FallbackRegions { get; set; } = [];

    /// <summary>Rooms in which candidates other than relayed ones are refused: ids, or a beginning and *.</summary>
    public IList<string> RelayOnlyRooms { get; set; } = [];

    /// <summary>Time between probes of a server. 0: none is probed, and all count as well.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a probe may take before it has failed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:03")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The round trip from which on a server is too slow.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:03")]
    public TimeSpan SlowFrom { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a server that has failed must be well before peers get it again.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ReturnAfter { get; set; } = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Secrets.Any(secret => Encoding.UTF8.GetByteCount(secret) < MinSecretBytes))
        {
            yield return new ValidationResult($"A secret has fewer than {MinSecretBytes} bytes; whoever has one credential could guess it.", [nameof(Secrets)]);
        }

        for (var i = 0; Secrets.Count is 0 && i < Servers.Count; i++)
        {
            if (Servers[i].IsTurn && Servers[i].IsMinted) yield return new ValidationResult($"Signaling:Ice:Servers:{i} is a TURN server: it needs Username and Credential, or there must be Ice:Secrets.", [nameof(Servers)]);
        }

        foreach (var pattern in RelayOnlyRooms.Where(pattern => !RoomPattern.IsValid(pattern)))
        {
            yield return new ValidationResult($"'{pattern}' is neither a room id nor a beginning of one and *.", [nameof(RelayOnlyRooms)]);
        }
    }
}
