using System.ComponentModel.DataAnnotations;

namespace Signaling.Hub.Regions;

/// <summary>One region of the service. The list is the same on every node of every region.</summary>
public sealed class RegionOptions
{
    /// <summary>Its name, the <c>Signaling:Region</c> of its nodes.</summary>
    [Required, RegularExpression("[A-Za-z0-9_-]{1,64}")]
    public string Name { get; set; } = "";

    /// <summary>The base URL under which clients reach it, such as <c>https://seoul.example.com</c>.</summary>
    [Required, Url]
    public string Url { get; set; } = "";

    /// <summary>Its Redis as nodes of other regions reach it, in the form of <c>Signaling:Redis</c>. They only publish there; its own nodes do not use it.</summary>
    public string? Redis { get; set; }
}
