using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Signaling.Contracts;
using Signaling.Hub.Access;
using Signaling.Hub.Ice;
using Signaling.Hub.Limits;
using Signaling.Hub.Nodes;
using Signaling.Hub.Operator;
using Signaling.Hub.Page;
using Signaling.Hub.Regions;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Rooms;
using Signaling.Hub.Sessions.Draining;
using Signaling.Hub.Telemetry.Metrics;
using Signaling.Hub.Telemetry.Tracing;

namespace Signaling.Hub;

/// <summary>The configuration section <c>Signaling</c>: one property per feature. Unknown keys fail at start.</summary>
public sealed class SignalingOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Signaling";

    /// <summary>The region of this node, as clients see it.</summary>
    [Required, RegularExpression("[A-Za-z0-9_-]{1,64}")]
    public string Region { get; set; } = "local";

    /// <summary>
    /// The region's Redis, as a StackExchange.Redis configuration string (<c>host:6379,user=…,password=…,ssl=true</c>; Sentinel with <c>serviceName=…</c>). Makes
    /// this node one of many. None: it is alone.
    /// </summary>
    public string? Redis { get; set; }

    /// <summary>All regions of the service, this node's own included; none when there is only one.</summary>
    [ValidateEnumeratedItems]
    public IList<RegionOptions> Regions { get; set; } = [];

    [ValidateObjectMembers]
    public RegionLinkOptions Links { get; set; } = new();

    [ValidateObjectMembers]
    public AccessOptions Access { get; set; } = new();

    [ValidateObjectMembers]
    public RoomOptions Rooms { get; set; } = new();

    [ValidateObjectMembers]
    public DrainOptions Drain { get; set; } = new();

    [ValidateObjectMembers]
    public NodeOptions Nodes { get; set; } = new();

    [ValidateObjectMembers]
    public LimitOptions Limits { get; set; } = new();

    [ValidateObjectMembers]
    public IceOptions Ice { get; set; } = new();

    [ValidateObjectMembers]
    public OperatorOptions Operator { get; set; } = new();

    public MetricsOptions Metrics { get; set; } = new();

    [ValidateObjectMembers]
    public TracingOptions Tracing { get; set; } = new();

    public PageOptions Page { get; set; } = new();

    internal RoomLimits RoomLimits => new()
    {
        Capacity = Rooms.Capacity,
        MessageBytes = SignalingLimits.MaxMessageBytes,
        InvocationsPerSecond = Limits.InvocationsPerSecond,
    };
}

[OptionsValidator]
internal sealed partial class SignalingOptionsValidator : IValidateOptions<SignalingOptions>;
