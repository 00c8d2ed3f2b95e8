using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace Signaling.Hub.Access;

/// <summary>Who may connect. Outside the Development environment at least one key is needed.</summary>
public sealed class AccessOptions
{
    /// <summary>The keys that tokens may be signed with. The first that can sign mints tokens.</summary>
    [ValidateEnumeratedItems]
    public IList<KeyOptions> Keys { get; set; } = [];

    /// <summary>The <c>iss</c> that a token must have.</summary>
    [Required]
    public string Issuer { get; set; } = "signaling";

    /// <summary>The <c>aud</c> that a token must have.</summary>
    [Required]
    public string Audience { get; set; } = "signaling";

    /// <summary>How far clocks may be apart.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Leeway { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>One key: a shared secret (HS256) or one half of an RSA pair (RS256).</summary>
public sealed class KeyOptions : IValidatableObject
{
    /// <summary>The <c>kid</c> of tokens signed with it. Optional with a single key.</summary>
    public string? Id { get; set; }

    /// <summary>HS256: the shared secret, at least 32 bytes of UTF-8.</summary>
    public string? Secret { get; set; }

    /// <summary>RS256: the public key in PEM form. Enough to check tokens.</summary>
    public string? PublicKey { get; set; }

    /// <summary>RS256: the private key in PEM form. Needed only to mint tokens here.</summary>
    public string? PrivateKey { get; set; }

    /// <summary>The day (<c>2027-03-31</c>) by which it is to be replaced. The hub only tells it, in its metrics, so that an alert can; the key stays good.</summary>
    [RegularExpression("[0-9]{4}-[0-9]{2}-[0-9]{2}")]
    public string? RotateBy { get; set; }

    internal DateOnly? RotationDay => DateOnly.TryParseExact(RotateBy, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (new[] { Secret, PublicKey, PrivateKey }.Count(key => key is not null) is not 1)
        {
            yield return new ValidationResult("A key is exactly one of Secret, PublicKey and PrivateKey.", [nameof(Secret)]);
        }

        if (RotateBy is not null && RotationDay is null) yield return new ValidationResult("RotateBy is no day.", [nameof(RotateBy)]);
        if (SigningKey.Problem(this) is { } problem) yield return new ValidationResult(problem);
    }
}
