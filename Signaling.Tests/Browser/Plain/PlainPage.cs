using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.FileProviders;
using Microsoft.Playwright;
using Signaling.Tests.Browser.Pages;

namespace Signaling.Tests.Browser.Plain;

/// <summary>The page in this folder: a client with plain @microsoft/signalr and nothing of ours.</summary>
internal sealed class PlainPage(IPage page, Uri address)
{
    private const string Path = "/plain";

    private static readonly string Folder = System.IO.Path.Combine(Repository.Root, "Signaling.Tests", "Browser", "Plain");

    private static readonly string SignalR = System.IO.Path.Combine(
        Repository.Root, "Signaling.Client", "js", "node_modules", "@microsoft", "signalr", "dist", "browser");

    public ILocator Videos => page.Locator("#videos video");

    public ILocator Chat => page.Locator("#chat");

    public ILocator State => page.Locator("#state");

    /// <summary>Serves the page, and the browser bundle of the npm package that our client depends on beside it.</summary>
    public static void Serve(WebApplication app) => app.UseFileServer(new FileServerOptions
    {
        RequestPath = Path,
        FileProvider = new CompositeFileProvider(new PhysicalFileProvider(Folder), new PhysicalFileProvider(SignalR)),
    });

    public async Task JoinAsync(string room, string name)
    {
        await page.GotoAsync(new Uri(address, $"{Path}/?room={room}&name={name}").ToString());
        await Assertions.Expect(State).ToHaveTextAsync("joined");
    }

    /// <summary>Waits until pictures of the only other one there move.</summary>
    public async Task SeesMotionAsync() => await page.WaitForFunctionAsync(
        "() => { const [video] = document.querySelectorAll('#videos video'); return video?.getVideoPlaybackQuality().totalVideoFrames > 10; }");

    /// <summary>Waits until sound of the only other one there arrives.</summary>
    public async Task HearsAsync() => await page.FindsAsync<bool>(
        """
        async () => {
          const [call] = plain.calls.values();
          let packets = 0;
          (await call?.connection.getStats())?.forEach((row) => { if (row.type === 'inbound-rtp' && row.kind === 'audio') packets += row.packetsReceived; });
          return packets > 10;
        }
        """);

    /// <summary>Waits until another generation of ICE than the given one is agreed on with the only other one there, and tells its user name fragment.</summary>
    public async Task<string> NegotiatedAsync(string past = "")
    {
        const string Ufrag = """
            past => {
              const [call] = plain.calls.values();
              const ufrag = /a=ice-ufrag:(\S+)/.exec(call?.connection.currentRemoteDescription?.sdp)?.[1];
              return ufrag !== past && call?.connection.connectionState === 'connected' && ufrag;
            }
            """;
        return await (await page.WaitForFunctionAsync(Ufrag, past)).JsonValueAsync<string>();
    }

    public Task SayAsync(string text) => page.EvaluateAsync("text => plain.say(text)", text);

    public Task LeaveAsync() => page.EvaluateAsync("plain.leave()");
}
