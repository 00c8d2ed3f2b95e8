using Microsoft.Playwright;

namespace Signaling.Tests.Browser;

/// <summary>One Chromium, with a fake camera and microphone, for all browser tests.</summary>
[SetUpFixture]
internal sealed class Chromium
{
    private const string DefaultExecutable = "/usr/bin/chromium";

    // A guard against hanging, not a promise: the test machine has few cores, and each page encodes video.
    private const int PatienceMs = 20_000;

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--allow-loopback-in-peer-connection",
    ];

    private static IPlaywright? s_playwright;
    private static IBrowser? s_browser;

    public static IBrowser Browser => s_browser ?? throw new InvalidOperationException("The browser is not running.");

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        s_playwright = await Playwright.CreateAsync();
        s_browser = await LaunchAsync([]);
    }

    /// <summary>Another one, for a test that needs further arguments and closes it.</summary>
    public static Task<IBrowser> LaunchAsync(params string[] arguments) => s_playwright!.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? DefaultExecutable,
        Args = [.. Arguments, .. arguments],
    });

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (s_browser is not null) await s_browser.DisposeAsync();
        s_playwright?.Dispose();
    }
}
