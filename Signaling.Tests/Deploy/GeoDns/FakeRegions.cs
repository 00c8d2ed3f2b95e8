using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Signaling.Tests.Deploy.GeoDns;

/// <summary>What each region says about its readiness: ready, until a test says otherwise.</summary>
internal sealed class FakeRegions : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _failures = new();
    private readonly ConcurrentDictionary<string, int> _asked = new();
    private readonly ConcurrentDictionary<string, bool> _silent = new();

    private FakeRegions(WebApplication app) => _app = app;

    public static async Task<FakeRegions> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting().AddLogging();
        var app = builder.Build();
        var regions = new FakeRegions(app);
        app.MapGet("/{region}/health/ready", regions.AnswerAsync);
        await app.StartAsync();
        return regions;
    }

    public string ReadyUrl(string region) => $"{_app.Urls.First()}/{region}/health/ready";

    /// <summary>How often it was asked.</summary>
    public int Asked(string region) => _asked.GetValueOrDefault(region);

    /// <summary>It says that it is not ready, the next times that it is asked.</summary>
    public void Fail(string region, int times = int.MaxValue) => _failures[region] = times;

    /// <summary>It takes the question and never answers.</summary>
    public void Silence(string region) => _silent[region] = true;

    public void Recover(string region)
    {
        _failures[region] = 0;
        _silent[region] = false;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context, string region)
    {
        _asked.AddOrUpdate(region, 1, (_, count) => count + 1);
        if (_silent.GetValueOrDefault(region)) await HangAsync(context.RequestAborted);
        var left = _failures.GetValueOrDefault(region);
        if (left > 0) _failures[region] = left - 1;
        context.Response.StatusCode = (int)(left > 0 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);
    }

    private static Task HangAsync(CancellationToken hungUp) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, hungUp);
}
