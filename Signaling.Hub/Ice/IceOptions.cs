using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Signaling.Hub.Ice;

/// <summary>STUN and TURN.</summary>
public sealed class IceOptions
{
    /// <summary>The servers that every peer gets. None is enough on one machine and on one local network.</summary>
    [ValidateEnumeratedItems]
    public IList<IceServerOptions> Servers { get; set; } = [];
}

/// <summary>One entry of <c>RTCConfiguration.iceServers</c>.</summary>
public sealed class IceServerOptions : IValidatableObject
{
    /// <summary>URLs as in RFC 7064 and RFC 7065, such as <c>stun:stun.example.com:3478</c> or <c>turn:turn.example.com?transport=udp</c>.</summary>
    [Required, MinLength(1)]
    public IList<string> Urls { get; set; } = [];

    /// <summary>The TURN user name.</summary>
    public string? Username { get; set; }

    /// <summary>The TURN password.</summary>
    public string? Credential { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var url in Urls.Where(url => !IceUrl.IsValid(url)))
        {
            yield return new ValidationResult($"'{url}' is no STUN or TURN URL (stun:, stuns:, turn: or turns:, host, optional port, optional ?transport=udp|tcp).", [nameof(Urls)]);
        }

        if (Urls.Any(IceUrl.NeedsCredential) && (Username is null || Credential is null))
        {
            yield return new ValidationResult("A TURN server needs Username and Credential.", [nameof(Username)]);
        }
    }
}
