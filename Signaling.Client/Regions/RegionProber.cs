using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Connections.Client;
using Signaling.Client.Connection;
using Signaling.Contracts;

namespace Signaling.Client.Regions;

/// <summary>Asks regions over HTTP: whether they are ready, how far away they are, and which others there are.</summary>
internal sealed class RegionProber(SignalingClientOptions options) : IDisposable
{
    private const int WarmSamples = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan LeastGrace = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider time = options.TimeProvider;
    private readonly Lazy<HttpClient> http = new(() => CreateClient(options));

    /// <summary>Measures all at the same time.</summary>
    /// <param name="regions">Which.</param>
    /// <param name="hurry">Not to wait for regions that take more than twice as long as the first one.</param>
    /// <param name="cancellationToken">Ends it with what is known so far.</param>
    /// <returns>The round trip to each region that is ready.</returns>
    public async Task<IReadOnlyDictionary<Region, TimeSpan>> MeasureAsync(IReadOnlyList<Region> regions, bool hurry, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var began = time.GetTimestamp();
        var measuring = regions.Select(region => MeasureAsync(region, enough.Token)).ToArray();
        if (hurry) await FirstAsync(measuring).ConfigureAwait(false);
        var took = time.GetElapsedTime(began);
        using var late = time.CancelAfter(!hurry ? Timeout.InfiniteTimeSpan : took > LeastGrace ? took : LeastGrace);
        using var registration = late.Token.Register(enough.Cancel);
        var trips = await Task.WhenAll(measuring).ConfigureAwait(false);
        return Enumerable.Range(0, trips.Length).Where(i => trips[i] is not null).ToDictionary(i => regions[i], i => trips[i]!.Value);
    }

    /// <returns>What a region says of all; <c>null</c> when it says nothing that can be read.</returns>
    public async Task<RegionList?> ListAsync(Region region, CancellationToken cancellationToken)
    {
        using var patience = time.CancelAfter(Patience);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var answer = await http.Value.GetAsync(region.List, over.Token).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode) return null;
            using var body = await answer.Content.ReadAsStreamAsync().ConfigureAwait(false);
            return await JsonSerializer.DeserializeAsync(body, (JsonTypeInfo<RegionList>)SignalingJson.Options.GetTypeInfo(typeof(RegionList)), over.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException or JsonException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        if (http.IsValueCreated) http.Value.Dispose();
    }

    /// <summary>Until one region is known to be ready, or none is.</summary>
    private static async Task FirstAsync(IEnumerable<Task<TimeSpan?>> measuring)
    {
        var open = measuring.ToList();
        while (open.Count > 0)
        {
            var done = await Task.WhenAny(open).ConfigureAwait(false);
            if (await done.ConfigureAwait(false) is not null) return;
            open.Remove(done);
        }
    }

    /// <returns>The best round trip over a connection that is warm, or that of the first request where time did not suffice for more.</returns>
    private async Task<TimeSpan?> MeasureAsync(Region region, CancellationToken cancellationToken)
    {
        using var patience = time.CancelAfter(Patience);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        TimeSpan? best = null;
        try
        {
            for (var sample = 0; sample <= WarmSamples; sample++)
            {
                var began = time.GetTimestamp();
                using var answer = await http.Value.GetAsync(region.Ready, over.Token).ConfigureAwait(false);
                if (!answer.IsSuccessStatusCode) return null;
                var took = time.GetElapsedTime(began);

                // The first one has connected as well.
                best = sample <= 1 || took < best ? took : best;
            }
        }
        catch (OperationCanceledException)
        {
            // What is known has to do.
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return null;
        }

        return best;
    }

    /// <summary>By the way that the app has set up for connections.</summary>
    private static HttpClient CreateClient(SignalingClientOptions options)
    {
        var settings = new HttpConnectionOptions();
        options.ConfigureConnection?.Invoke(settings);
        var own = new HttpClientHandler();
        if (settings.Proxy is { } proxy) own.Proxy = proxy;
        if (settings.Credentials is { } credentials) own.Credentials = credentials;
        if (settings.UseDefaultCredentials is { } useDefault) own.UseDefaultCredentials = useDefault;
        if (settings.ClientCertificates is { Count: > 0 } certificates) own.ClientCertificates.AddRange(certificates);
        var client = new HttpClient(settings.HttpMessageHandlerFactory?.Invoke(own) ?? own) { Timeout = Timeout.InfiniteTimeSpan };
        foreach (var header in settings.Headers) client.DefaultRequestHeaders.TryAddWithoutValidation(header.Key, header.Value);
        return client;
    }
}
