using System.Text.Json;

namespace Signaling.Tests.Browser.Pages;

/// <summary>What happens to the call while the test is busy elsewhere.</summary>
internal sealed partial class CallPage
{
    /// <summary>Notes from now on what the call with the only other one there goes through.</summary>
    public Task WatchCallAsync(string name)
    {
        const string watch = """
            tile => {
              const { client, room, mesh } = callDebug;
              const { connection } = [...mesh.links.values()][0];
              const losses = [], returns = [];
              let disconnections = 0;
              room.on('peerleft', ({ reason }) => losses.push(`peer left: ${reason}`));
              room.on('rejoined', () => losses.push('rejoined'));
              room.on('closed', ({ reason }) => losses.push(`closed: ${reason}`));
              room.on('resumed', ({ moved }) => returns.push(moved ? 'moved' : 'resumed'));
              client.on('statechanged', ({ state }) => { if (state !== 'connected') disconnections++; });
              new MutationObserver((_, observer) => {
                if (tile.isConnected) return;
                losses.push('the tile went');
                observer.disconnect();
              }).observe(document.body, { childList: true, subtree: true });
              window.callSeen = () => ({
                losses: [...mesh.links.values()][0]?.connection === connection ? losses : [...losses, 'the media was connected anew'],
                returns,
                disconnections,
              });
            }
            """;
        return TileOf(name).EvaluateAsync(watch);
    }

    public async Task<Seen> SeenAsync() =>
        JsonSerializer.Deserialize<Seen>(await Page.EvaluateAsync<string>("JSON.stringify(callSeen())"), JsonSerializerOptions.Web)!;

    /// <summary>Until the call has come back to the hub.</summary>
    /// <param name="way"><c>resumed</c> after a loss, <c>moved</c> without one.</param>
    public Task ReturnedAsync(string way) => Page.WaitForFunctionAsync("way => callSeen().returns.includes(way)", way);

    /// <summary>Until we, and to us all others, are connected with the hub.</summary>
    public Task AllConnectedAsync() => Page.WaitForFunctionAsync(
        "callDebug.client.state === 'connected' && [...callDebug.room.peers.values()].every(({ state }) => state === 'connected')");

    /// <summary>What a call went through.</summary>
    /// <param name="Losses">Whatever ends a call, or makes it a new one, in words.</param>
    /// <param name="Returns">How the connection to the hub came back, each time.</param>
    /// <param name="Disconnections">How often the connection to the hub was lost, or not made.</param>
    internal sealed record Seen(IReadOnlyList<string> Losses, IReadOnlyList<string> Returns, int Disconnections);
}
