using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Signaling.Hub.Operator;

/// <summary>
/// Serves operators on an address of their own, which the public one knows nothing of. A second Kestrel, rather than one more address of the first: that one's
/// addresses belong to whoever hosts the hub.
/// </summary>
internal sealed partial class OperatorListener(IServiceProvider services, IOptions<SignalingOptions> options, ILoggerFactory logging, ILogger<OperatorListener> logger) : IHostedService, IAsyncDisposable
{
    private KestrelServer? _server;

    /// <summary>Where it listens; <c>null</c> without an address of its own.</summary>
    public Uri? Address => _server?.Features.Get<IServerAddressesFeature>()?.Addresses.Select(address => new Uri(address)).First();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Operator.Url is not { } url) return;
        _server = new KestrelServer(
            Options.Create(new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false }), services.GetRequiredService<IConnectionListenerFactory>(), logging);
        _server.Features.Get<IServerAddressesFeature>()!.Addresses.Add(url);
        try
        {
            await _server.StartAsync(new OperatorApplication(Pipeline(), services.GetRequiredService<IServiceScopeFactory>()), cancellationToken);
        }
        catch (IOException failure)
        {
            throw new InvalidOperationException($"Signaling:Operator:Url: {failure.Message}", failure);
        }

        LogListening(Address!);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _server?.Dispose();
        return ValueTask.CompletedTask;
    }

    private RequestDelegate Pipeline()
    {
        var app = new ApplicationBuilder(services);
        app.UseRouting();
        app.UseEndpoints(endpoints => endpoints.MapOperator());
        return app.Build();
    }

    [LoggerMessage(60, LogLevel.Information, "Operators are served at {Address}, and nowhere else")]
    private partial void LogListening(Uri address);

    /// <summary>Requests one by one, each with services of its own.</summary>
    private sealed class OperatorApplication(RequestDelegate pipeline, IServiceScopeFactory scopes) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures) { ServiceScopeFactory = scopes };

        public Task ProcessRequestAsync(HttpContext context) => pipeline(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
            // Its services go with the response.
        }
    }
}
