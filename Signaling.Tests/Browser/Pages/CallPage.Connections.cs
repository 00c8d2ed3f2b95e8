using System.Text.Json;

namespace Signaling.Tests.Browser.Pages;

/// <summary>What lies behind the tiles, through the page's <c>callDebug</c>.</summary>
internal sealed partial class CallPage
{
    private const float PollEveryMs = 20;
    private const float RestartPatienceMs = 60_000;

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

    /// <summary>How media gets to the only other one there, once its statistics tell.</summary>
    public async Task<Path> PathAsync()
    {
        const string path = """
            async () => {
              const [link] = callDebug.mesh.links.values();
              const rows = new Map();
              (await link.connection.getStats()).forEach(row => rows.set(row.id, row));
              const transport = [...rows.values()].find(row => row.type === 'transport');
              const local = rows.get(rows.get(transport?.selectedCandidatePairId)?.localCandidateId);
              return local && JSON.stringify({ local: local.candidateType, relayProtocol: local.relayProtocol, restarts: link.iceRestarts });
            }
            """;
        return JsonSerializer.Deserialize<Path>(await Page.FindsAsync<string>(path), JsonSerializerOptions.Web)!;
    }

    /// <summary>Waits until ICE was restarted.</summary>
    public Task RestartedAsync() => Page.WaitForFunctionAsync(
        "[...callDebug.mesh.links.values()][0].iceRestarts > 0", null, new() { PollingInterval = PollEveryMs, Timeout = RestartPatienceMs });

    private Task<int> FramesDecodedAsync(string name) => Page.EvaluateAsync<int>(FramesDecoded, name);

    /// <param name="Local">Type of our candidate.</param>
    /// <param name="RelayProtocol">What we speak with our TURN server.</param>
    /// <param name="Restarts">How often ICE was restarted.</param>
    internal sealed record Path(string? Local, string? RelayProtocol, int Restarts);

    /// <summary>A finished negotiation.</summary>
    /// <param name="Offered">Whether our offer was the one that was answered.</param>
    /// <param name="Local">Our ICE user name fragment.</param>
    /// <param name="Remote">Theirs.</param>
    internal sealed record Negotiated(bool Offered, string Local, string Remote);
}
