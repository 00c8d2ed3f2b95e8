namespace Signaling.Hub.Nodes.Messages;

/// <summary>Another node, of this region or another one: each call is one publish.</summary>
/// <param name="node">Its id.</param>
/// <param name="send">Publishes.</param>
internal sealed class RemoteNode(string node, NodeSend send) : INode, IRegionNode
{
    public Task Put(string region, string room, string epoch, long version, byte[] socket, byte[] info, string? traceParent) =>
        SendAsync(nameof(INode.Put), region, room, epoch, version, socket, info, traceParent);

    public Task Remove(string region, string room, string epoch, long version, string peerId, int reason) => SendAsync(nameof(INode.Remove), region, room, epoch, version, peerId, reason);

    public Task Changed(string region, string room, string epoch, long version) => SendAsync(nameof(INode.Changed), region, room, epoch, version);

    public Task Deliver(string room, string peerId, byte[] message, string? traceParent) => SendAsync(nameof(INode.Deliver), room, peerId, message, traceParent);

    public Task DeliverToRoom(string room, byte[] signal, Dictionary<string, long> receivers) => SendAsync(nameof(INode.DeliverToRoom), room, signal, receivers);

    public Task Ask(string region, string node, string question, byte[] text) => SendAsync(nameof(INode.Ask), region, node, question, text);

    public Task Answer(string region, string question, byte[] text) => SendAsync(nameof(INode.Answer), region, question, text);

    public Task Canary(string nonce) => SendAsync(nameof(INode.Canary), nonce);

    public Task Beat(string region, string node, bool hearsYou, long stamp, string? echoTo, long echoStamp, long heldMicroseconds) =>
        SendAsync(nameof(IRegionNode.Beat), region, node, hearsYou, stamp, echoTo, echoStamp, heldMicroseconds);

    public Task KeepPut(string region, string room, string epoch, long version, byte[] socket, byte[] info, string[] told) =>
        SendAsync(nameof(IRegionNode.KeepPut), region, room, epoch, version, socket, info, told);

    public Task KeepRemove(string region, string room, string epoch, long version, string peerId, int reason, string[] told) =>
        SendAsync(nameof(IRegionNode.KeepRemove), region, room, epoch, version, peerId, reason, told);

    public Task KeepRoster(string region, string room, string epoch, long version, byte[][] fields) => SendAsync(nameof(IRegionNode.KeepRoster), region, room, epoch, version, fields);

    public Task Digest(string region, string node, string[] rooms, string[] epochs, long[] versions) => SendAsync(nameof(IRegionNode.Digest), region, node, rooms, epochs, versions);

    public Task AskDigests(string region) => SendAsync(nameof(IRegionNode.AskDigests), region);

    public Task AskRosters(string region, string node, string[] rooms) => SendAsync(nameof(IRegionNode.AskRosters), region, node, rooms);

    public Task GivenUp(string region, string room, string peerId) => SendAsync(nameof(IRegionNode.GivenUp), region, room, peerId);

    private Task SendAsync(string method, params object?[] arguments) => send(node, method, arguments);
}

/// <summary>Publishes a call of a method for a node.</summary>
internal delegate Task NodeSend(string node, string method, object?[] arguments);
