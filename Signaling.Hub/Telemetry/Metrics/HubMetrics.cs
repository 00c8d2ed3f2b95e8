using Signaling.Hub.Telemetry.Metrics.Expiry;

namespace Signaling.Hub.Telemetry.Metrics;

/// <summary>All that is measured; asking for it makes sure that every family is there from the first scrape.</summary>
internal sealed record HubMetrics(
    ConnectionMetrics Connections, JoinMetrics Joins, RelayMetrics Relay, ClientMetrics Clients, IceMetrics Ice, LimitMetrics Limits, DrainMetrics Drains, NodeMetrics Nodes, RegionMetrics Regions,
    StateMetrics State, RuntimeMetrics Runtime, KestrelMetrics Kestrel, ExpiryMetrics Expiry);
