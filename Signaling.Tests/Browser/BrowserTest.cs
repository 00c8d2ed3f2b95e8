using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Signaling.Hub;
using Signaling.Tests.Browser.Pages;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Browser;

/// <summary>A hub with the call page for each test, and a browser profile of its own for each person.</summary>
internal abstract class BrowserTest
{
    private readonly People _people = new();
    private InProcessHub? _hub;

    protected InProcessHub Hub => _hub ?? throw new InvalidOperationException("The hub is not running.");

    [SetUp]
    public async Task StartHubAsync() => _hub = await InProcessHub.StartAsync(Configure, map: Map, services: AddServices);

    [TearDown]
    public async Task StopAsync()
    {
        await _people.DisposeAsync();
        if (_hub is not null) await _hub.DisposeAsync();
    }

    protected virtual void Configure(SignalingOptions options)
    {
    }

    /// <summary>What the app adds to the hub's services.</summary>
    protected virtual void AddServices(IServiceCollection services)
    {
    }

    /// <summary>What the app serves beside the hub.</summary>
    protected virtual void Map(WebApplication app) => CallPageFolder.Serve(app);

    /// <inheritdoc cref="People.NewPersonAsync"/>
    protected Task<IPage> NewPersonAsync(BrowserNewContextOptions? options = null) => _people.NewPersonAsync(options);

    protected LobbyPage LobbyOf(IPage page) => new(page, Hub.Address);

    /// <summary>Someone new, who joins straight by a link.</summary>
    protected async Task<CallPage> JoinAsync(string name, string room = "math-101") => await LobbyOf(await NewPersonAsync()).JoinByLinkAsync(name, room);
}
