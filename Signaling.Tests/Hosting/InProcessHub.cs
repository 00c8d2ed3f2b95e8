using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signaling.Hub;
using Signaling.Hub.Rooms.Directory;

namespace Signaling.Tests.Hosting;

/// <summary>A hub inside the test process, on a port that the system picks: what another ASP.NET Core app would write to host it.</summary>
internal sealed class InProcessHub : IAsyncDisposable
{
    private readonly WebApplication _app;

    private InProcessHub(WebApplication app) => _app = app;

    /// <summary>The hub's base address, such as <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address => new(_app.Urls.First() + "/");

    public Uri HubUrl => new(Address, SignalingEndpoints.HubPath);

    public IServiceProvider Services => _app.Services;

    public static async Task<InProcessHub> StartAsync(
        Action<SignalingOptions>? configure = null,
        string environment = "Development",
        Action<WebApplication>? map = null,
        Action<IServiceCollection>? services = null,
        string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseKestrel().UseUrls(url);
        builder.Services.AddRouting();
        builder.Services.AddLogging(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning));
        builder.Services.AddSignaling(configure);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        map?.Invoke(app);
        app.MapSignaling();
        await app.StartAsync();
        return new InProcessHub(app);
    }

    /// <summary>Makes the hub lose a peer of its, as if its time to resume were over.</summary>
    internal async Task ForgetAsync(Signaling.Client.Room room)
    {
        var directory = Services.GetRequiredService<IRoomDirectory>();
        await directory.LeaveAsync(room.Id, (await directory.ReadAsync(room.Id)).Peers.Single(peer => peer.Id == room.PeerId));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
