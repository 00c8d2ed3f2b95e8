using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Signaling.Tests.Browser.Pages;

/// <summary>The lobby, through what a person sees of it.</summary>
internal sealed class LobbyPage(IPage page, Uri address)
{
    // A small picture: the test machine encodes it in software, once for each of the others.
    private const string SmallPicture = "height=180";

    public ILocator Room => page.GetByRole(AriaRole.Textbox, new() { Name = "Room" });

    public ILocator Name => page.GetByRole(AriaRole.Textbox, new() { Name = "Your name" });

    public ILocator Join => page.GetByRole(AriaRole.Button, new() { Name = "Join the call" });

    public ILocator Preview => page.Locator("video[aria-label='Your camera']");

    public ILocator Alerts => page.GetByRole(AriaRole.Alert);

    public ILocator Microphone => page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("microphone$") });

    /// <summary>Opens the lobby of a room, as its link does.</summary>
    public async Task<LobbyPage> OpenAsync(string room)
    {
        await page.GotoAsync(new Uri(address, $"?room={room}&{SmallPicture}").ToString());
        return this;
    }

    public async Task<CallPage> JoinAsync(string name)
    {
        await Name.FillAsync(name);
        await Join.ClickAsync();
        return await CallPage.EnteredAsync(page, name);
    }

    /// <summary>Joins without stopping at the lobby.</summary>
    /// <param name="name">Who joins.</param>
    /// <param name="room">What.</param>
    /// <param name="more">What else the link says.</param>
    public async Task<CallPage> JoinByLinkAsync(string name, string room, string more = "")
    {
        await page.GotoAsync(new Uri(address, $"?room={room}&name={Uri.EscapeDataString(name)}&join=1&{SmallPicture}{more}").ToString());
        return await CallPage.EnteredAsync(page, name);
    }
}
