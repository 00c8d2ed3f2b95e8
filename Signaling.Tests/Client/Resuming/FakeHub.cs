using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Contracts;

namespace Signaling.Tests.Client.Resuming;

/// <summary>A hub of the tests' own that resumes, and that a test can make fail.</summary>
internal sealed class FakeHub : IAsyncDisposable
{
    private readonly WebApplication app;

    private FakeHub(WebApplication app) => this.app = app;

    public Uri Url => new(app.Urls.First() + "/signaling");

    public FakeRooms Rooms => app.Services.GetRequiredService<FakeRooms>();

    public FakeConnections Connections => (FakeConnections)app.Services.GetRequiredService<HubLifetimeManager<FakeHubEndpoint>>();

    public static async Task<FakeHub> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting().AddLogging();
        builder.Services.AddSingleton<FakeRooms>();
        builder.Services.AddSingleton<HubLifetimeManager<FakeHubEndpoint>, FakeConnections>();
        builder.Services.AddSignalR().AddJsonProtocol(json => json.PayloadSerializerOptions = SignalingJson.Options);
        var app = builder.Build();
        app.MapHub<FakeHubEndpoint>("/signaling");
        await app.StartAsync();
        return new(app);
    }

    /// <summary>Resets the connection that a peer lives on.</summary>
    public void Cut(string peerId) => Connections.Cut(Rooms.ConnectionOf(peerId));

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
