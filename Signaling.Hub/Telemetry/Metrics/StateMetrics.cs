using System.Reflection;
using Microsoft.Extensions.Options;
using Prometheus;
using Signaling.Hub.Nodes;
using Signaling.Hub.Redis;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Rooms;
using Signaling.Hub.Sessions;
using Signaling.Hub.Sessions.Draining;

namespace Signaling.Hub.Telemetry.Metrics;

/// <summary>What is so now; read at each scrape.</summary>
internal sealed class StateMetrics
{
    private readonly SessionRegistry _sessions;
    private readonly RoomRegistry _rooms;
    private readonly Drain _drain;
    private readonly RedisLink _redis;
    private readonly NodeService _node;
    private readonly NodeLease _lease;
    private readonly Canary _canary;
    private readonly RegionLinks _links;
    private readonly Reachability _reachability;
    private readonly Gauge _connections;
    private readonly Gauge _roomCount;
    private readonly Gauge _peers;
    private readonly Gauge _draining;
    private readonly Gauge _redisUp;
    private readonly Gauge _leaseHeld;
    private readonly Gauge _canaryUp;
    private readonly Gauge _linkUp;
    private readonly Gauge _linkQueue;

    public StateMetrics(
        MetricsRegistry registry, SessionRegistry sessions, RoomRegistry rooms, Drain drain, RedisLink redis, NodeService node, NodeLease lease, Canary canary, RegionLinks links, Reachability reachability,
        IOptions<SignalingOptions> options)
    {
        (_sessions, _rooms, _drain, _redis, _node, _lease, _canary, _links, _reachability) = (sessions, rooms, drain, redis, node, lease, canary, links, reachability);
        _connections = registry.Gauge("signaling_connections", "Client connections that are open.");
        _roomCount = registry.Gauge("signaling_rooms", "Rooms in which this node has peers.");
        _peers = registry.Gauge("signaling_peers", "Peers of this node: with a connection, or reconnecting and waiting to be resumed.", "state");
        _draining = registry.Gauge("signaling_draining", "1 while this node drains.");
        _redisUp = registry.Gauge("signaling_redis_up", "1 while the region's Redis answers. Absent on a node without Redis.");
        _leaseHeld = registry.Gauge("signaling_lease_held", "1 while this node is registered and holds its lease. Absent on a node without Redis.");
        _canaryUp = registry.Gauge("signaling_canary_up", "1 while what this node publishes for itself arrives. Absent on a node without Redis.");
        _linkUp = registry.Gauge("signaling_region_link_up", "1 while the link to another region works both ways.", "region");
        _linkQueue = registry.Gauge("signaling_region_link_queue", "Messages to another region that its Redis has not taken yet.", "region");
        registry.Gauge("signaling_node_info", "1; its labels say what the node is.", "region", "version").WithLabels(options.Value.Region, Version).Set(1);
        registry.BeforeScrape(Refresh);
    }

    private static string Version => typeof(StateMetrics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private void Refresh()
    {
        var (connected, reconnecting) = _rooms.CountPeers();
        _connections.Set(_sessions.Count);
        _roomCount.Set(_rooms.Count);
        _peers.WithLabels("connected").Set(connected);
        _peers.WithLabels("reconnecting").Set(reconnecting);
        Set(_draining, _drain.HasBegun);
        if (!_node.IsAlone) RefreshNode();
        foreach (var link in _links.All)
        {
            _linkUp.WithLabels(link.Region).Set(_reachability.IsOpen(link.Region) ? 1 : 0);
            _linkQueue.WithLabels(link.Region).Set(link.UnderWay);
        }
    }

    private void RefreshNode()
    {
        Set(_redisUp, _redis.IsUp);
        Set(_leaseHeld, _lease.IsHeld);
        Set(_canaryUp, _canary.Sings);
    }

    private static void Set(Gauge gauge, bool value) => gauge.Set(value ? 1 : 0);
}
