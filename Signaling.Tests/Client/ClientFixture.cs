using System.Text.Json;
using Signaling.Client;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Client;

/// <summary>A hub, and clients that come back quickly when cut.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal abstract class ClientFixture : IAsyncDisposable
{
    private readonly List<SignalingClient> clients = [];

    protected InProcessHub Hub { get; private set; } = null!;

    [SetUp]
    public async Task StartHub() => Hub = await InProcessHub.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients) await client.DisposeAsync();
        await Hub.DisposeAsync();
    }

    protected static JsonElement Json(string json) => JsonElement.Parse(json);

    protected SignalingClient Client(Uri? url = null, Action<SignalingClientOptions>? configure = null)
    {
        var options = new SignalingClientOptions { ReconnectPolicy = new FullJitterReconnectPolicy { Base = TimeSpan.FromMilliseconds(20), Cap = TimeSpan.FromMilliseconds(200) } };
        configure?.Invoke(options);
        var client = new SignalingClient(url ?? Hub.HubUrl, options);
        clients.Add(client);
        return client;
    }
}
