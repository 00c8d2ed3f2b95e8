using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Signaling.Hub;
using Signaling.Hub.Operator;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Browser.ConsolePage;

/// <summary>A hub that serves operators at an address of their own, for each test, and a browser profile of its own for each of them.</summary>
internal abstract class ConsolePageTest
{
    private readonly People _people = new();
    private InProcessHub? _hub;

    protected InProcessHub Hub => _hub ?? throw new InvalidOperationException("The hub is not running.");

    protected Uri Operators => Hub.Services.GetRequiredService<OperatorListener>().Address!;

    /// <summary>Where guests may look.</summary>
    protected virtual string Environment => "Development";

    [SetUp]
    public async Task StartHubAsync() => _hub = await InProcessHub.StartAsync(
        options =>
        {
            options.Operator.Url = "http://127.0.0.1:0";
            Configure(options);
        },
        Environment);

    [TearDown]
    public async Task StopAsync()
    {
        await _people.DisposeAsync();
        if (_hub is not null) await _hub.DisposeAsync();
    }

    protected virtual void Configure(SignalingOptions options)
    {
    }

    /// <summary>Opens the console as somebody who has not been there before.</summary>
    /// <param name="hash">The part of it.</param>
    /// <param name="address">Where, if not where operators are served.</param>
    /// <param name="options">What the browser is like.</param>
    protected async Task<OperatorPage> OpenAsync(string hash = "", Uri? address = null, BrowserNewContextOptions? options = null)
    {
        var page = new OperatorPage(await _people.NewPersonAsync(options));
        await page.GoToAsync(new Uri(address ?? Operators, $"operator/console/{hash}"));
        return page;
    }
}
