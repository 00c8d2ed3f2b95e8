using Microsoft.Playwright;
using Signaling.Tests.Browser.Pages;

namespace Signaling.Tests.Browser.Driven;

/// <summary>The page at the other end of a driven connection.</summary>
/// <param name="page">Any page that makes connections by itself.</param>
/// <param name="connection">What there gives its only RTCPeerConnection.</param>
internal sealed class OtherEnd(IPage page, string connection)
{
    private const string OurClient = "[...callDebug.mesh.links.values()][0]?.connection";
    private const string PlainClient = "[...plain.calls.values()][0]?.connection";

    public static OtherEnd Of(CallPage call) => new(call.Page, OurClient);

    public static OtherEnd OfPlain(IPage page) => new(page, PlainClient);

    /// <summary>Waits until there is a connection, and for a data channel on it from then on.</summary>
    public Task ListenAsync() => page.WaitForFunctionAsync(
        $$"""
        () => {
          const connection = {{connection}};
          if (!connection) return false;
          const heard = [];
          connection.addEventListener('datachannel', ({ channel }) => {
            channel.onmessage = ({ data }) => heard.push(data);
            window.otherEnd = { heard, say: (text) => channel.send(text) };
          });
          return true;
        }
        """);

    public Task SayAsync(string text) => page.EvaluateAsync("text => otherEnd.say(text)", text);

    public Task HearsAsync(string text) => page.WaitForFunctionAsync("text => window.otherEnd?.heard.includes(text)", text);

    /// <summary>Offers an ICE restart from this end.</summary>
    public Task RestartIceAsync() => page.EvaluateAsync($"{connection}.restartIce()");

    /// <summary>Waits until another generation of ICE than the given one is agreed on and connected, and tells the other side's user name fragment in it.</summary>
    public async Task<string> NegotiatedAsync(string past = "")
    {
        var ufrag = await page.WaitForFunctionAsync(
            $$"""
            past => {
              const { signalingState, connectionState, currentRemoteDescription } = {{connection}};
              const ufrag = /a=ice-ufrag:(\S+)/.exec(currentRemoteDescription?.sdp)?.[1];
              return signalingState === 'stable' && connectionState === 'connected' && ufrag !== past && ufrag;
            }
            """,
            past);
        return await ufrag.JsonValueAsync<string>();
    }
}
