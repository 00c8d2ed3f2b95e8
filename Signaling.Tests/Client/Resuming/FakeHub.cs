using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
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

    /// <summary>This hub as a region of its own.</summary>
    public RegionInfo Region => new() { Name = Rooms.Region, Url = app.Urls.First() };

    /// <summary>What <c>GET /regions</c> lists; not found when absent.</summary>
    public IReadOnlyList<RegionInfo>? Regions { get; set; }

    /// <summary>Whether it takes connections, by its own words.</summary>
    public bool IsReady { get; set; } = true;

    /// <summary>How far away it is, as far as readiness is concerned.</summary>
    public TimeSpan Distance { get; set; }

    /// <summary>Each time that it was asked whether it is ready, before it answers.</summary>
    public Observed<bool> Asked { get; } = new();

    public FakeConnections Connections => (FakeConnections)app.Services.GetRequiredService<HubLifetimeManager<FakeHubEndpoint>>();

    public static async Task<FakeHub> StartAsync(string region = "test")
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting().AddLogging();
        builder.Services.AddSingleton<FakeRooms>();
        builder.Services.AddSingleton<HubLifetimeManager<FakeHubEndpoint>, FakeConnections>();
        builder.Services.AddSignalR().AddJsonProtocol(json => json.PayloadSerializerOptions = SignalingJson.Options);
        var app = builder.Build();
        var hub = new FakeHub(app);
        hub.Rooms.Region = region;
        app.MapHub<FakeHubEndpoint>("/signaling");
        app.MapGet("/health/ready", (Delegate)hub.AnswerReadyAsync);
        app.MapGet("/regions", hub.AnswerRegions);
        await app.StartAsync();
        return hub;
    }

    /// <summary>Resets the connection that a peer lives on.</summary>
    public void Cut(string peerId) => Connections.Cut(Rooms.ConnectionOf(peerId));

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task<IResult> AnswerReadyAsync(HttpContext context)
    {
        await Asked.Handle(IsReady);
        if (Distance > TimeSpan.Zero) await Task.Delay(Distance, TimeProvider.System, context.RequestAborted);
        return Results.StatusCode(IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private IResult AnswerRegions() => Regions is null ? Results.NotFound() : Results.Json(new RegionList { Current = Rooms.Region, Regions = Regions }, SignalingJson.Options);
}
