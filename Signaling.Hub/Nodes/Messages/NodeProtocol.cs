using System.Buffers;
using System.Reflection;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Signaling.Hub.Nodes.Messages;

/// <summary>The one protocol of the backplane, MessagePack, whatever protocols the host has for clients: each more would double every message.</summary>
internal sealed class NodeProtocol : IHubProtocolResolver, IInvocationBinder
{
    private static readonly Dictionary<string, MethodInfo> Methods = typeof(INode).GetMethods().Concat(typeof(IRegionNode).GetMethods()).ToDictionary(method => method.Name, StringComparer.Ordinal);

    private readonly MessagePackHubProtocol _messagePack = new();

    public IReadOnlyList<IHubProtocol> AllProtocols => [_messagePack];

    public IHubProtocol? GetProtocol(string protocolName, IReadOnlyList<string>? supportedProtocols) =>
        protocolName == _messagePack.Name ? _messagePack : null;

    public Type GetReturnType(string invocationId) => typeof(object);

    public Type GetStreamItemType(string streamId) => typeof(object);

    public IReadOnlyList<Type> GetParameterTypes(string methodName) =>
        Methods.TryGetValue(methodName, out var method) ? [.. method.GetParameters().Select(parameter => parameter.ParameterType)] : [];

    /// <summary>Reads what the backplane has delivered.</summary>
    /// <returns><c>null</c> for a method that this build does not know: a newer node's, during a rolling upgrade.</returns>
    public InvocationMessage? Read(SerializedHubMessage message)
    {
        var bytes = new ReadOnlySequence<byte>(message.GetSerializedMessage(_messagePack));
        return _messagePack.TryParseMessage(ref bytes, this, out var parsed) && parsed is InvocationMessage invocation && Methods.ContainsKey(invocation.Target)
            ? invocation
            : null;
    }

    public static Task InvokeAsync(INode node, IRegionNode regions, InvocationMessage invocation)
    {
        var method = Methods[invocation.Target];
        return (Task)method.Invoke(method.DeclaringType == typeof(INode) ? node : regions, invocation.Arguments)!;
    }
}
