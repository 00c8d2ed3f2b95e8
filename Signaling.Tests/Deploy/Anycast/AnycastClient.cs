using Signaling.Lab.Routing;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Deploy.Anycast;

/// <summary>Somebody in a continent: all sockets are opened in its namespace.</summary>
internal sealed class AnycastClient(NetworkNamespace place) : IDisposable
{
    private readonly HttpMessageInvoker _way = place.CreateHttpClient();

    /// <summary>The name of the node that answers; none when nobody does.</summary>
    public async Task<string?> AskAsync(string address = RoutedNetwork.Service4)
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1.5), TimeProvider.System);
            using var question = new HttpRequestMessage(HttpMethod.Get, Url(address));
            using var answer = await _way.SendAsync(question, patience.Token);
            return await answer.Content.ReadAsStringAsync(patience.Token);
        }
        catch (Exception silence) when (silence is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    public Task<RawPeer> JoinAsync(string room, string address) => RawResume.JoinResumableAsync(Url(address, "signaling"), room, way: _way);

    public Task<RawPeer> ResumeAsync(RawPeer peer) => peer.ResumeAsync(Url(RoutedNetwork.Service4, "signaling"), way: _way);

    public void Dispose() => _way.Dispose();

    private static Uri Url(string address, string path = "") => new($"http://{address}:{AnycastNode.Port}/{path}");
}
