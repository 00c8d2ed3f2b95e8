using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signaling.Hub;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Protocol;

/// <summary>A hub in this process whose rate limit does not stand in a test's way unless configured, and that keeps what it logs as errors.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    private readonly InProcessHub _hub;

    private TestHub(InProcessHub hub, ErrorLog errors) => (_hub, Errors) = (hub, errors);

    /// <summary>What the process logged as an error: a hostile client must not bring that about.</summary>
    public ErrorLog Errors { get; }

    public Uri Url => _hub.HubUrl;

    public static async Task<TestHub> StartAsync(Action<SignalingOptions>? configure = null, string environment = "Development")
    {
        var errors = new ErrorLog();
        var hub = await InProcessHub.StartAsync(
            options =>
            {
                options.Limits.InvocationsPerSecond = 100_000;
                configure?.Invoke(options);
            },
            environment,
            services: services => services.AddLogging(logging => logging.AddProvider(errors)));
        return new TestHub(hub, errors);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}
