using System.Text.RegularExpressions;
using Microsoft.Extensions.Hosting;
using Signaling.Hub;
using Signaling.Hub.Access;
using Signaling.Tests.Protocol.Raw;
using static Microsoft.Playwright.Assertions;

namespace Signaling.Tests.Browser.ConsolePage;

/// <summary>Who is no guest of a developer's hub is asked for a token.</summary>
internal sealed class AccessTests : ConsolePageTest
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private static readonly string OperatorsToken = new RawToken { IsOperator = true, Rooms = null }.SignHmac(Secret);

    protected override string Environment => Environments.Production;

    protected override void Configure(SignalingOptions options) => options.Access.Keys = [new KeyOptions { Secret = Secret }];

    [Test]
    public async Task A_token_is_asked_for_until_one_opens_the_console()
    {
        var console = await OpenAsync();
        await Expect(console.Page.GetByRole(Microsoft.Playwright.AriaRole.Dialog)).ToContainTextAsync("token --operator --user me");
        await Expect(console.Link).ToHaveTextAsync("No access");

        await GiveAsync(console, "no.token.atall");
        await Expect(console.Page.GetByText("wrong or has expired")).ToBeVisibleAsync();
        await GiveAsync(console, new RawToken { Rooms = new[] { "*" } }.SignHmac(Secret));
        await Expect(console.Page.GetByText("not an operator’s")).ToBeVisibleAsync();
        await GiveAsync(console, OperatorsToken);

        await Expect(console.Link).ToHaveTextAsync("Live");
        await Expect(console.Token).ToBeHiddenAsync();
        await Expect(console.NodeRows).ToHaveCountAsync(1);
        await console.Page.ReloadAsync();
        await Expect(console.Link).ToHaveTextAsync("Live");
    }

    [Test]
    public async Task A_token_in_the_address_is_taken_and_does_not_stay_there()
    {
        var console = await OpenAsync($"#token={OperatorsToken}");

        await Expect(console.Link).ToHaveTextAsync("Live");
        await Expect(console.Page).ToHaveURLAsync(new Regex("/operator/console/#/$"));
        console.Complaints.Should().BeEmpty();
    }

    private static async Task GiveAsync(OperatorPage console, string token)
    {
        await Expect(console.Token).ToHaveValueAsync("");
        await console.Token.FillAsync(token);
        await console.Token.PressAsync("Enter");
    }
}
