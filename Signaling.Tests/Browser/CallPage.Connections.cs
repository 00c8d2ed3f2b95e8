using System.Text.Json;

namespace Signaling.Tests.Browser;

/// <summary>What lies behind the tiles, through the page's <c>callDebug</c>.</summary>
internal sealed partial class CallPage
{
    private const float PollEveryMs = 20;

    private const string FramesDecoded = """
        async name => {
          const link = [...callDebug.mesh.links.values()].find(({ peer }) => peer.name === name);
          let frames = 0;
          (await link?.connection.getStats())?.forEach(row => frames += row.type === 'inbound-rtp' && row.kind === 'video' ? row.framesDecoded : 0);
          return frames;
        }
        """;

    public Task<string> PeerIdAsync() => Page.EvaluateAsync<string>("callDebug.room.peerId");

    /// <summary>Restarts ICE with the only other one there, which makes an offer.</summary>
    public Task RestartIceAsync() => Page.EvaluateAsync("[...callDebug.mesh.links.values()][0].restartIce()");

    /// <summary>How the negotiation with the only other one there stands, once it is over.</summary>
    /// <param name="past">The ICE user name fragment of our side before it.</param>
    public async Task<Negotiated> NegotiatedAsync(string past = "")
    {
        const string state = """
            past => {
              const { connection } = [...callDebug.mesh.links.values()][0];
              const fragment = description => /a=ice-ufrag:(\S+)/.exec(description?.sdp)?.[1] ?? '';
              const local = fragment(connection.currentLocalDescription);
              return connection.signalingState === 'stable' && local !== past
                && JSON.stringify({ offered: connection.currentLocalDescription.type === 'offer', local, remote: fragment(connection.currentRemoteDescription) });
            }
            """;
        var result = await Page.WaitForFunctionAsync(state, past, new() { PollingInterval = PollEveryMs });
        return JsonSerializer.Deserialize<Negotiated>(await result.JsonValueAsync<string>(), JsonSerializerOptions.Web)!;
    }

    private Task<int> FramesDecodedAsync(string name) => Page.EvaluateAsync<int>(FramesDecoded, name);

    /// <summary>A finished negotiation.</summary>
    /// <param name="Offered">Whether our offer was the one that was answered.</param>
    /// <param name="Local">Our ICE user name fragment.</param>
    /// <param name="Remote">Theirs.</param>
    internal sealed record Negotiated(bool Offered, string Local, string Remote);
}
