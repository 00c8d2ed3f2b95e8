using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Signaling.Tests.Browser.Pages;

/// <summary>A call that someone is in, through what they see of it.</summary>
internal sealed partial class CallPage
{
    private CallPage(IPage page, string name) => (Page, Name) = (page, name);

    public IPage Page { get; }

    /// <summary>Whose page it is.</summary>
    public string Name { get; }

    public ILocator Banner => Page.GetByText("Connection lost");

    public ILocator Leave => Button("Leave the call");

    public ILocator Messages => Page.GetByRole(AriaRole.Log, new() { Name = "Messages" });

    public static async Task<CallPage> EnteredAsync(IPage page, string name)
    {
        var call = new CallPage(page, name);
        await Assertions.Expect(call.Leave).ToBeVisibleAsync();
        return call;
    }

    /// <summary>Someone's place in the call.</summary>
    public ILocator TileOf(string name) => Page.GetByRole(AriaRole.Article, new() { Name = name, Exact = true });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{Regex.Escape(name)}") });

    public Task PressAsync(string key) => Page.Keyboard.PressAsync(key);

    public async Task OpenChatAsync()
    {
        await Button("Chat").ClickAsync();
        await Assertions.Expect(Messages).ToBeVisibleAsync();
    }

    public async Task SayAsync(string text)
    {
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Message to everyone" }).FillAsync(text);
        await Button("Send").ClickAsync();
    }

    /// <summary>Waits until pictures of someone arrive, then until more of them do.</summary>
    public async Task SeesMotionOfAsync(string name)
    {
        await Assertions.Expect(TileOf(name)).ToBeVisibleAsync();
        var before = await FramesDecodedAsync(name);
        await Page.FindsAsync<bool>($"async ([name, before]) => await ({FramesDecoded})(name) >= before + 10", new object[] { name, before });
    }

    /// <summary>Clicks on leave and says when, in milliseconds of the machine's clock.</summary>
    public Task<double> LeaveAsync() => Leave.EvaluateAsync<double>("button => { button.click(); return Date.now(); }");

    /// <summary>Watches someone's tile from now on; what comes back tells when it went, in milliseconds of the machine's clock.</summary>
    public async Task<Func<Task<double>>> WatchTileAsync(string name)
    {
        const string watch = """
            tile => ({ gone: new Promise(resolve => new MutationObserver(() => tile.isConnected || resolve(Date.now()))
              .observe(document.body, { childList: true, subtree: true })) })
            """;
        var watched = await TileOf(name).EvaluateHandleAsync(watch);
        return () => watched.EvaluateAsync<double>("({ gone }) => gone");
    }
}
