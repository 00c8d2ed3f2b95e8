using Microsoft.AspNetCore.SignalR.StackExchangeRedis;
using Signaling.Hub.Redis;

namespace Signaling.Hub.Nodes.Messages;

/// <summary>Another node of the region: each call is one publish.</summary>
internal sealed class RemoteNode(string node, RedisHubLifetimeManager<NodeHub> backplane, RedisLink redis) : INode
{
    public Task Put(string room, string epoch, long version, byte[] socket, byte[] info) => SendAsync(nameof(INode.Put), room, epoch, version, socket, info);

    public Task Remove(string room, string epoch, long version, string peerId, int reason) => SendAsync(nameof(INode.Remove), room, epoch, version, peerId, reason);

    public Task Changed(string room, string epoch, long version) => SendAsync(nameof(INode.Changed), room, epoch, version);

    public Task Deliver(string room, string peerId, byte[] message) => SendAsync(nameof(INode.Deliver), room, peerId, message);

    public Task DeliverToRoom(string room, byte[] signal, Dictionary<string, long> receivers) => SendAsync(nameof(INode.DeliverToRoom), room, signal, receivers);

    public Task Canary(string nonce) => SendAsync(nameof(INode.Canary), nonce);

    private async Task SendAsync(string method, params object?[] arguments)
    {
        if (!redis.IsUp) throw new NodeUnreachableException();
        try
        {
            await backplane.SendConnectionAsync(node, method, arguments).WaitAsync(RedisLink.Patience, redis.Time);
        }
        catch (Exception failure) when (RedisLink.IsOutage(failure))
        {
            redis.Down(failure);
            throw new NodeUnreachableException(failure);
        }
    }
}
