using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Signaling.Tests.Monitoring;

/// <summary>Where Alertmanager delivers: a pager's webhook.</summary>
internal sealed class AlertReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Notice> _notices = new();

    private AlertReceiver(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    /// <summary>What has come, in order.</summary>
    public IReadOnlyCollection<Notice> Notices => _notices;

    public static async Task<AlertReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        var receiver = new AlertReceiver(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Until an alert of this name and region has come with this status, after so many notices.</summary>
    public async Task<Notice> UntilAsync(string alert, string region, string status, int after)
    {
        Notice? found = null;
        await Eventually.TrueAsync(
            () => (found = _notices.Skip(after).FirstOrDefault(notice => notice.Name == alert && notice.Region == region && notice.Status == status)) is not null, $"{alert} of {region} is {status}", Patience);
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var receiver = body.RootElement.GetProperty("receiver").GetString()!;
        foreach (var alert in body.RootElement.GetProperty("alerts").EnumerateArray()) _notices.Enqueue(new Notice(receiver, alert.Clone()));
    }
}

/// <summary>One alert of one delivery.</summary>
/// <param name="Receiver">As it is called in alertmanager.yml.</param>
/// <param name="Alert">As in the JSON of the delivery.</param>
internal sealed record Notice(string Receiver, JsonElement Alert)
{
    /// <summary><c>firing</c> or <c>resolved</c>.</summary>
    public string Status => Alert.GetProperty("status").GetString()!;

    public string? Name => Label("alertname");

    public string? Region => Label("region");

    public string Annotation(string name) => Alert.GetProperty("annotations").GetProperty(name).GetString()!;

    private string? Label(string name) => Alert.GetProperty("labels").TryGetProperty(name, out var value) ? value.GetString() : null;
}
