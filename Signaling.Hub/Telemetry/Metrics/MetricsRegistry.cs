using Microsoft.Extensions.Options;
using Prometheus;

namespace Signaling.Hub.Telemetry.Metrics;

/// <summary>The metrics of one host. Several hubs in one process do not count together, and what is not switched on is not exposed.</summary>
internal sealed class MetricsRegistry(IOptions<SignalingOptions> options)
{
    private readonly CollectorRegistry _collectors = Prometheus.Metrics.NewCustomRegistry();
    private readonly List<MetricDefinition> _all = [];

    public CollectorRegistry Collectors => _collectors;

    /// <summary>Whether anything is measured.</summary>
    public bool IsOn { get; } = options.Value.Metrics.Enabled;

    /// <summary>Every family, in the order of its making.</summary>
    public IReadOnlyList<MetricDefinition> All => _all;

    private IMetricFactory Factory => field ??= Prometheus.Metrics.WithCustomRegistry(_collectors);

    public Counter Counter(string name, string help, params string[] labels) =>
        Define(name, "counter", help, labels, () => Factory.CreateCounter(name, help, labels));

    public Gauge Gauge(string name, string help, params string[] labels) =>
        Define(name, "gauge", help, labels, () => Factory.CreateGauge(name, help, labels, new GaugeConfiguration { SuppressInitialValue = true }));

    public Histogram Histogram(string name, string help, double[] buckets, params string[] labels) =>
        Define(name, "histogram", help, labels, () => Factory.CreateHistogram(name, help, labels, new HistogramConfiguration { Buckets = buckets }));

    /// <summary>Has gauges set right before each scrape.</summary>
    public void BeforeScrape(Action refresh) => _collectors.AddBeforeCollectCallback(refresh);

    /// <summary>Lists a family that a library has made.</summary>
    public void Adopt(MetricDefinition family) => _all.Add(family);

    private T Define<T>(string name, string type, string help, string[] labels, Func<T> create)
    {
        _all.Add(new MetricDefinition(name, type, labels, help));
        return create();
    }
}
