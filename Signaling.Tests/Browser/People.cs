using Microsoft.Playwright;

namespace Signaling.Tests.Browser;

/// <summary>Those who take part in a test, each with a browser profile of their own.</summary>
/// <param name="browser">Whose; that of all tests when left out.</param>
internal sealed class People(IBrowser? browser = null) : IAsyncDisposable
{
    private readonly List<IBrowserContext> _contexts = [];

    /// <summary>A tab of someone who has not been here before.</summary>
    public async Task<IPage> NewPersonAsync(BrowserNewContextOptions? options = null)
    {
        var context = await (browser ?? Chromium.Browser).NewContextAsync(options);
        _contexts.Add(context);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts) await context.DisposeAsync();
        _contexts.Clear();
    }
}
