using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Signaling.Hub.Nodes;

namespace Signaling.Hub.Telemetry.Tracing;

/// <summary>Sends spans to where the options say. Without an endpoint nothing listens to the hub's source, unless the host does.</summary>
internal static class TraceExport
{
    private const string Service = "signaling-hub";

    public static IServiceCollection AddTracing(this IServiceCollection services)
    {
        services.AddOpenTelemetry().WithTracing();
        return services
            .AddSingleton<Sampling>()
            .AddSingleton<Pseudonyms>()
            .AddSingleton<CallTraces>()
            .ConfigureOpenTelemetryTracerProvider(Configure);
    }

    private static void Configure(IServiceProvider services, TracerProviderBuilder tracing)
    {
        var options = services.GetRequiredService<IOptions<SignalingOptions>>().Value;
        if (options.Tracing.Endpoint is null) return;
        tracing
            .AddSource(SignalingTelemetry.ActivitySourceName)
            .SetSampler(services.GetRequiredService<Sampling>().Sampler)
            .ConfigureResource(resource => resource
                .AddService(Service, serviceInstanceId: services.GetRequiredService<NodeNames>().Current)
                .AddAttributes([new("cloud.region", options.Region)]))
            .AddProcessor(ProcessorOf(options.Tracing, options.Tracing.Endpoint));
    }

    private static BatchActivityExportProcessor ProcessorOf(TracingOptions options, string endpoint)
    {
        var isGrpc = options.Protocol is TracingOptions.Grpc;
        var exporter = new OtlpTraceExporter(new OtlpExporterOptions
        {
            Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
            Endpoint = new Uri(isGrpc ? endpoint : $"{endpoint.TrimEnd('/')}/v1/traces"),
        });
        var batch = new BatchExportActivityProcessorOptions(); // Read from OTEL_BSP_*.
        return new BatchActivityExportProcessor(exporter, batch.MaxQueueSize, batch.ScheduledDelayMilliseconds, batch.ExporterTimeoutMilliseconds, batch.MaxExportBatchSize);
    }
}
