using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Signaling.Tests.Tracing.Otlp;

/// <summary>What a collector is to those who send it spans: OTLP over gRPC and over HTTP, on ports that the system picks.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    // A gRPC message stands behind a flag and its length; an empty one is the answer.
    private const int GrpcPrefix = 5;

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<byte[]> _requests = new();

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    public string Grpc => _app.Urls.First();

    public string Http => _app.Urls.Last();

    public IReadOnlyList<ReceivedSpan> Spans => [.. _requests.SelectMany(request => ReceivedSpan.ReadAll(request))];

    /// <summary>Everything that came, as text: whatever must not be in it.</summary>
    public string Raw => string.Concat(_requests.Select(Encoding.Latin1.GetString));

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Until spans have come that show it.</summary>
    public async Task UntilAsync(Func<IReadOnlyList<ReceivedSpan>, bool> shown, string what)
    {
        try
        {
            await Eventually.TrueAsync(() => shown(Spans), what);
        }
        catch (TimeoutException failure)
        {
            throw new AssertionException($"{failure.Message} There came:\n{string.Join('\n', Spans)}", failure);
        }
    }

    /// <summary>From the first span of the trace to this one.</summary>
    public IReadOnlyList<ReceivedSpan> PathTo(ReceivedSpan last)
    {
        var trace = Spans.Where(span => span.TraceId == last.TraceId).ToDictionary(span => span.Id);
        var path = new List<ReceivedSpan>();
        for (var span = last; span is not null; span = trace.GetValueOrDefault(span.ParentId)) path.Insert(0, span);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var isGrpc = context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) is true;
        _requests.Enqueue(body.ToArray()[(isGrpc ? GrpcPrefix : 0)..]);
        context.Response.ContentType = context.Request.ContentType;
        if (!isGrpc) return;
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.Body.WriteAsync(new byte[GrpcPrefix]);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
