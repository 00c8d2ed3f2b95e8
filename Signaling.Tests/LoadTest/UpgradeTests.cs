using System.Net;
using System.Net.Sockets;
using System.Text;
using Signaling.LoadTest.Connections;

namespace Signaling.Tests.LoadTest;

/// <summary>The WebSocket upgrade against servers that do not want to.</summary>
[TestFixture]
internal sealed class UpgradeTests
{
    [Test]
    public async Task A_server_that_is_busy_is_tried_again_when_it_says()
    {
        var failure = await FailureOfAsync("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\n\r\n");

        (failure.Code, failure.CanRetry, failure.RetryAfter).Should().Be(("http-503", true, TimeSpan.FromSeconds(7)));
    }

    [TestCase("HTTP/1.1 404 Not Found\r\n\r\n", "http-404", false)]
    [TestCase("HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: wrong\r\n\r\n", ConnectFailure.Malformed, false)]
    [TestCase("HTTP/1.1 101 Switching", ConnectFailure.Malformed, true)]
    [TestCase("", ConnectFailure.Closed, true)]
    public async Task A_server_that_does_not_switch_protocols_is_told_by_a_code(string answer, string code, bool canRetry)
    {
        var failure = await FailureOfAsync(answer);

        (failure.Code, failure.CanRetry).Should().Be((code, canRetry));
    }

    private static async Task<ConnectFailure> FailureOfAsync(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endPoint = (IPEndPoint)listener.LocalEndpoint;
        var hub = new HubAddress(new Uri($"http://{endPoint}/signaling"), [endPoint]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        var opening = new Dialer([], insecure: false).OpenAsync(hub, "room=r", token: null, patience.Token);
        using (var client = await listener.AcceptTcpClientAsync(patience.Token))
        {
            var stream = client.GetStream();
            await stream.ReadAtLeastAsync(new byte[100], 100, cancellationToken: patience.Token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), patience.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            return (await FluentActions.Awaiting(() => opening).Should().ThrowAsync<ConnectFailure>()).Which;
        }
    }
}
