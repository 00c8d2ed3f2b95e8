using Microsoft.Extensions.Options;
using Prometheus;

namespace Signaling.Hub.Telemetry.Metrics.Expiry;

/// <summary>When what this node was given comes to its end: certificates and keys. Read at each scrape, since Kestrel follows its files too.</summary>
internal sealed class ExpiryMetrics
{
    private readonly Gauge _certificates;
    private readonly CertificateFile[] _files;

    public ExpiryMetrics(MetricsRegistry registry, IConfiguration configuration, IHostEnvironment environment, IOptions<SignalingOptions> options)
    {
        _certificates = registry.Gauge("signaling_certificate_expiry_timestamp_seconds", "When a certificate that Kestrel takes from a file ends, since unix epoch. Absent for one that cannot be read.", "certificate");
        var keys = registry.Gauge("signaling_key_expiry_timestamp_seconds", "The beginning of the day by which a key for tokens is to be replaced, since unix epoch. Absent without RotateBy.", "key");
        _files = [.. KestrelCertificates.Of(configuration, environment.ContentRootPath)];
        foreach (var (key, index) in options.Value.Access.Keys.Select((key, index) => (key, index)))
        {
            if (key.RotationDay is { } day) keys.WithLabels(key.Id ?? $"{index}").Set(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds());
        }

        registry.BeforeScrape(Refresh);
    }

    private void Refresh()
    {
        foreach (var file in _files)
        {
            if (file.NotAfter() is { } end) _certificates.WithLabels(file.Name).Set(end.ToUnixTimeSeconds());
            else _certificates.RemoveLabelled(file.Name);
        }
    }
}
