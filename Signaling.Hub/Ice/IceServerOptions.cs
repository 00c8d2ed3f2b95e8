using System.ComponentModel.DataAnnotations;

namespace Signaling.Hub.Ice;

/// <summary>One STUN or TURN server.</summary>
public sealed class IceServerOptions : IValidatableObject
{
    /// <summary>URLs as in RFC 7064 and RFC 7065, such as <c>stun:stun.example.com:3478</c> or <c>turn:turn.example.com?transport=udp</c>; all lead to this server.</summary>
    [Required, MinLength(1)]
    public IList<string> Urls { get; set; } = [];

    /// <summary>The TURN user name, for a server that does not take minted credentials.</summary>
    public string? Username { get; set; }

    /// <summary>The TURN password.</summary>
    public string? Credential { get; set; }

    /// <summary>Where it is, as in Signaling:Region. None: it is of every region.</summary>
    [RegularExpression("[A-Za-z0-9_-]{1,64}")]
    public string? Region { get; set; }

    /// <summary>Its share of peers for each allocation that it can hold, beside the other servers of its region. 0: it gets none, so that it can be emptied.</summary>
    [Range(0, 1000)]
    public int Weight { get; set; } = 1;

    /// <summary>How many allocations it can hold. Peers are spread in proportion.</summary>
    [Range(1, 1_000_000)]
    public int Capacity { get; set; } = 3000;

    internal bool IsTurn => Urls.Any(url => IceUrl.Parse(url) is { IsTurn: true });

    internal bool IsMinted => Username is null && Credential is null;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var url in Urls.Where(url => IceUrl.Parse(url) is null))
        {
            yield return new ValidationResult($"'{url}' is no STUN or TURN URL (stun:, stuns:, turn: or turns:, host, optional port; for turn: and turns:, optional ?transport=udp|tcp).", [nameof(Urls)]);
        }

        if (Username is null != Credential is null) yield return new ValidationResult("Username and Credential belong together.", [nameof(Username)]);
        if (Urls.Select(IceUrl.Parse).OfType<IceUrl>().DistinctBy(url => url.IsTurn).Count() > 1) yield return new ValidationResult("Urls has both STUN and TURN; make two servers of them.", [nameof(Urls)]);
    }
}
