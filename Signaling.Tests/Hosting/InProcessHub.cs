using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signaling.Contracts;
using Signaling.Hub;
using Signaling.Hub.Rooms;
using Signaling.Hub.Sessions.Draining;

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

    /// <summary>Has a peer leave as if its time to resume were over; its client hears of it when it connects the next time.</summary>
    public Task ForgetAsync(Signaling.Client.Room room)
    {
        var peer = Services.GetRequiredService<RoomRegistry>().Find(room.Id)?.RouteTo(room.PeerId)?.Local
            ?? throw new InvalidOperationException($"{room.PeerId} is not in {room.Id}.");
        return Services.GetRequiredService<Membership>().LeaveAsync(peer, LeaveReason.Disconnected);
    }

    /// <summary>As an operator or a SIGTERM would; done when every client has gone.</summary>
    public Task DrainAsync() => Services.GetRequiredService<Drain>().RunAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
