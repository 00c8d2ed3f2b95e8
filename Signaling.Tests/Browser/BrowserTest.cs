using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using Signaling.Hub;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Browser;

/// <summary>A hub with the call page for each test, and a browser profile of its own for each person.</summary>
internal abstract class BrowserTest
{
    private readonly List<IBrowserContext> _contexts = [];
    private InProcessHub? _hub;

    protected InProcessHub Hub => _hub ?? throw new InvalidOperationException("The hub is not running.");

    [SetUp]
    public async Task StartHubAsync() => _hub = await InProcessHub.StartAsync(Configure, map: Map);

    [TearDown]
    public async Task StopAsync()
    {
        foreach (var context in _contexts) await context.DisposeAsync();
        _contexts.Clear();
        if (_hub is not null) await _hub.DisposeAsync();
    }

    protected virtual void Configure(SignalingOptions options)
    {
    }

    /// <summary>What the app serves beside the hub.</summary>
    protected virtual void Map(WebApplication app) => CallPageFolder.Serve(app);

    /// <summary>A tab of someone who has not been here before.</summary>
    protected async Task<IPage> NewPersonAsync(BrowserNewContextOptions? options = null)
    {
        var context = await Chromium.Browser.NewContextAsync(options);
        _contexts.Add(context);
        return await context.NewPageAsync();
    }

    protected LobbyPage LobbyOf(IPage page) => new(page, Hub.Address);

    /// <summary>Someone new, who joins straight by a link.</summary>
    protected async Task<CallPage> JoinAsync(string name, string room = "math-101") => await LobbyOf(await NewPersonAsync()).JoinByLinkAsync(name, room);
}
