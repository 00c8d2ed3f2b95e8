using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Signaling.Benchmarks.TelemetryCost;

/// <summary>Takes spans by OTLP over HTTP, and drops them.</summary>
internal sealed class Sink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private long _bytes;

    private Sink()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            Interlocked.Add(ref _bytes, body.Length);
        });
    }

    public string Url => _app.Urls.First();

    public long Bytes => Interlocked.Read(ref _bytes);

    public static async Task<Sink> StartAsync()
    {
        var sink = new Sink();
        await sink._app.StartAsync();
        return sink;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
