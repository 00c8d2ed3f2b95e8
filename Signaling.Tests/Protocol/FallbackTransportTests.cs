using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Signaling.Tests.Protocol;

[TestFixture]
internal sealed class FallbackTransportTests
{
    private TestHub _hub = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _hub = await TestHub.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _hub.DisposeAsync();

    [TestCase(HttpTransportType.WebSockets)]
    [TestCase(HttpTransportType.ServerSentEvents)]
    [TestCase(HttpTransportType.LongPolling)]
    public async Task A_negotiated_connection_joins_by_its_URL_signals_and_gets_errors(HttpTransportType transport)
    {
        var room = $"fallback-{transport}";
        await using var one = Connect(room, transport);
        await using var two = Connect(room, transport);
        var first = await one.JoinAsync();
        var second = await two.JoinAsync();

        await one.Hub.InvokeAsync("Send", new { room, to = second, data = new { text = "hi" } });
        var signal = await two.Signal.Task.WaitAsync(TimeSpan.FromSeconds(20));

        signal.GetRawText().Should().Be($$$"""{"room":"{{{room}}}","from":"{{{first}}}","to":"{{{second}}}","data":{"text":"hi"}}""");
        var refused = () => one.Hub.InvokeAsync("Join", new { room });
        (await refused.Should().ThrowAsync<HubException>()).WithMessage("*HubException: already-joined (give-up): *");
    }

    private Stock Connect(string room, HttpTransportType transport) =>
        new(new HubConnectionBuilder().WithUrl($"{_hub.Url}?room={room}", http => http.Transports = transport).Build());

    /// <summary>The stock SignalR client, with nothing of ours.</summary>
    private sealed class Stock : IAsyncDisposable
    {
        private readonly TaskCompletionSource<string> _peerId = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Stock(HubConnection hub)
        {
            Hub = hub;
            hub.On<JsonElement>("Welcome", welcome => _peerId.TrySetResult(welcome.GetProperty("peerId").GetString()!));
            hub.On<JsonElement>("Signal", signal => Signal.TrySetResult(signal));
        }

        public HubConnection Hub { get; }

        public TaskCompletionSource<JsonElement> Signal { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<string> JoinAsync()
        {
            await Hub.StartAsync();
            return await _peerId.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }

        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }
}
