using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Signaling.Hub.Operator.Console;

/// <summary>The one protocol of the console's hub: plain JSON. That of the clients' hub has no streams, and only what the contracts know.</summary>
internal sealed class ConsoleProtocol : IHubProtocolResolver
{
    public const string Name = "json";

    private readonly JsonHubProtocol _json = new(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = ConsoleJson.Options }));

    public IReadOnlyList<IHubProtocol> AllProtocols => [_json];

    public IHubProtocol? GetProtocol(string protocolName, IReadOnlyList<string>? supportedProtocols) => string.Equals(protocolName, Name, StringComparison.OrdinalIgnoreCase) ? _json : null;
}
