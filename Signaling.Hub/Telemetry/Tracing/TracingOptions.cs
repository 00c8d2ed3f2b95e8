using System.ComponentModel.DataAnnotations;

namespace Signaling.Hub.Telemetry.Tracing;

/// <summary>Traces by OpenTelemetry.</summary>
public sealed class TracingOptions
{
    internal const string Grpc = "grpc";
    internal const string Http = "http/protobuf";

    /// <summary>Where spans go by OTLP, such as <c>http://localhost:4317</c> for a collector or Jaeger. None: the hub makes none.</summary>
    [RegularExpression("https?://.+")]
    public string? Endpoint { get; set; }

    /// <summary>How spans go there.</summary>
    [AllowedValues(Grpc, Http)]
    public string Protocol { get; set; } = Grpc;

    /// <summary>The share of traces that are kept, of those that begin at the hub.</summary>
    [Range(0.0, 1.0)]
    public double Sample { get; set; } = 1;

    /// <summary>Whether a client that sends a <c>traceparent</c> decides whether its trace is kept. Otherwise the share holds for these too.</summary>
    public bool FollowClients { get; set; } = true;

    /// <summary>A secret of the deployment, the same on every node, with which ids of rooms, peers and users are hashed. None: another one at each start.</summary>
    [MinLength(16)]
    public string? Salt { get; set; }
}
