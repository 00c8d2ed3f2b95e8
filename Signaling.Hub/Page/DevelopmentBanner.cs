using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Signaling.Hub.Operator;
using Signaling.Hub.Operator.Console;

namespace Signaling.Hub.Page;

/// <summary>Tells a developer, once the hub listens, where to click.</summary>
internal sealed class DevelopmentBanner(IServer server, OperatorListener operators, IServiceProvider services, IHostEnvironment environment) : IHostedLifecycleService
{
    private const string Room = "math-101";

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment()) Print(server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "");
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Print(string address)
    {
        const string notBuilt = "not built: it needs Node.js 20 or newer at build time";
        var page = CallPage.FolderOf(services) is null ? notBuilt : $"{address}/";
        var console = ConsolePage.IsBuilt(ConsolePage.Folder) ? $"{operators.Address?.GetLeftPart(UriPartial.Authority) ?? address}{ConsolePage.Path}/" : notBuilt;
        Console.Out.WriteLine($"""

              Development mode: anybody may join any room. Do not expose this hub.

              page     {page}
              join     {address}/?room={Room}      open it in two tabs and call yourself
              console  {console}
              hub      {address}{SignalingEndpoints.HubPath}      docs: Signaling.Contracts/PROTOCOL.md

            """);
    }
}
