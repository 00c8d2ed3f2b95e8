using System.ComponentModel.DataAnnotations;

namespace Signaling.Hub.Sessions.Draining;

/// <summary>How a node that is about to stop moves its clients to others.</summary>
public sealed class DrainOptions : IValidatableObject
{
    /// <summary>How long to wait, already not ready, before the first client is told, so that balancers have noticed.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Notice { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The time over which clients are told to move.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Spread { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>When, counted from the beginning, connections that are still here are closed.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:30:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(25);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Notice + Spread > Deadline)
        {
            yield return new ValidationResult("Signaling:Drain:Deadline is shorter than Drain:Notice and Drain:Spread together: not every client would be told to move.", [nameof(Deadline)]);
        }
    }
}
