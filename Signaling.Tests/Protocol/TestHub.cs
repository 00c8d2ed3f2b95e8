using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Signaling.Hub;

namespace Signaling.Tests.Protocol;

/// <summary>The hub in this process, hosted by an app of our own, on a port that the system chose.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestHub(WebApplication app, ErrorLog errors) => (_app, Errors) = (app, errors);

    /// <summary>What the process logged as an error: a hostile client must not bring that about.</summary>
    public ErrorLog Errors { get; }

    public Uri Url => new(new Uri(_app.Urls.Single()), SignalingEndpoints.HubPath);

    /// <summary>Starts a hub whose rate limit does not stand in a test's way unless configured.</summary>
    public static async Task<TestHub> StartAsync(Action<SignalingOptions>? configure = null, string environment = "Development")
    {
        var errors = new ErrorLog();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(errors);
        builder.Services.AddSignaling(options =>
        {
            options.Limits.InvocationsPerSecond = 100_000;
            configure?.Invoke(options);
        });
        var app = builder.Build();
        app.MapSignaling();
        await app.StartAsync();
        return new TestHub(app, errors);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
