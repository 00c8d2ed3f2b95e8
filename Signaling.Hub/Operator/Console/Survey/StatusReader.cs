using Signaling.Hub.Ice.Choice;
using Signaling.Hub.Nodes;
using Signaling.Hub.Operator.Console.History;
using Signaling.Hub.Redis;
using Signaling.Hub.Sessions.Draining;

namespace Signaling.Hub.Operator.Console.Survey;

/// <summary>Says how this node is.</summary>
internal sealed class StatusReader(NodeCensus census, HubHistory history, NodeHealth health, NodeService node, NodeLease lease, RedisLink redis, Drain drain, KnownServers servers, TimeProvider time)
{
    private const int BytesOfMb = 20;

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly long _began = time.GetTimestamp();

    public StatusPart Read()
    {
        var counts = census.Take();
        var problem = health.Problem;
        return new StatusPart
        {
            StartedAt = _startedAt,
            State = drain.HasBegun ? NodeState.Draining : problem is not null ? NodeState.NotReady : NodeState.Ready,
            Problem = problem,
            Connections = counts.Connections,
            Peers = counts.Peers,
            Reconnecting = counts.Reconnecting,
            Rooms = counts.Rooms,
            RoomsOfRegion = counts.RoomsOfRegion,
            RoomsOfService = counts.RoomsOfService,
            Signals = history.Signals,
            UptimeMs = time.GetElapsedTime(_began).TotalMilliseconds,
            Redis = node.IsAlone ? null : new(redis.IsUp, redis.IsUp ? lease.RoundTrip?.TotalMilliseconds : null),
            MemoryMb = (int)(Environment.WorkingSet >> BytesOfMb),
            Turn = [.. servers.All.SelectMany(server => server.Urls.Select(url => Read(server, url)))],
        };
    }

    private static IceUrlPart Read(KnownServer server, KnownUrl url)
    {
        var now = url.Health.Now;
        return new(server.Options.Region, url.Text, now.IsWell, now.Problem, now.RoundTrip?.TotalMilliseconds, now.Since, server.Options.Weight);
    }
}
