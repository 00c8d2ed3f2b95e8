using System.ComponentModel.DataAnnotations;

namespace Signaling.Hub.Operator;

/// <summary>The way in for operators.</summary>
public sealed class OperatorOptions
{
    /// <summary>Where <c>/metrics</c> and <c>/operator</c> are served, such as <c>http://127.0.0.1:9090</c>; they are then not served anywhere else. None: they are where the hub is.</summary>
    [RegularExpression("http://[^/?#]+")]
    public string? Url { get; set; }
}
