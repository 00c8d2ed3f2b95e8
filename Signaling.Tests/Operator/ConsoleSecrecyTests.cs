using Signaling.Tests.Hosting;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Operator;

/// <summary>That an operator sees who is where, and nothing of what they say or hold: everything secret here is marked, and then looked for.</summary>
internal sealed class ConsoleSecrecyTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private const string Mark = "marked";
    private const string Address = "203.0.113.77";

    [Test]
    public async Task No_token_SDP_candidate_address_user_or_app_data_is_in_any_answer()
    {
        await using var hub = await InProcessHub.StartAsync(
            options =>
            {
                options.Access.Keys.Add(new() { Secret = Secret });
                options.Ice.ProbeInterval = TimeSpan.Zero;
                options.Ice.Servers = [new() { Urls = ["turn:turn.example.com"], Username = $"{Mark}-turn-user", Credential = $"{Mark}-turn-password" }];
                options.Ice.Secrets.Add($"{Mark}-ice-secret-0123456789abcdef");
            },
            "Production");
        var token = new RawToken { Subject = $"{Mark}-user", Rooms = new[] { "*" } }.SignHmac(Secret);
        var operators = new RawToken { Subject = $"{Mark}-operator", IsOperator = true }.SignHmac(Secret);
        await using var one = await RawResume.JoinResumableAsync(hub.HubUrl, "math-101", token, "Mina");
        await using var other = await RawClient.JoinAsync(hub.HubUrl, "math-101", "Ben", token);
        await SendAsync(one, other.Id, $$""" "description":{"type":"offer","sdp":"v=0\r\nc=IN IP4 {{Address}}\r\na={{Mark}}"},"traceparent":"{{Mark}}" """);
        await SendAsync(other, one.Id, $$""" "description":{"type":"answer","sdp":"v=0\r\nc=IN IP4 {{Address}}\r\na={{Mark}}"} """);
        await SendAsync(other, one.Id, $$""" "candidates":[{"candidate":"candidate:1 1 udp 1 {{Address}} 9 typ host","usernameFragment":"{{Mark}}"}] """);
        await SendAsync(one, other.Id, $$""" "data":"{{Mark}}" """);
        (await one.Client.InvokeAsync("ReportConnection", $$"""{"room":"math-101","peerId":"{{other.Id}}","outcome":"failed","failure":"{{Mark}}","restarts":0,"serverFailures":[{"url":"turn:{{Mark}}","errorCode":701}]}""")).Succeeded();
        await using var console = await ConsoleClient.OpenAsync(hub.Address, operators);

        var room = await console.UntilAsync("Room", view => view.GetProperty("timeline").GetArrayLength() >= 5, "math-101");
        string[] texts =
        [
            room.ToString(), (await console.FirstAsync("Overview")).ToString(), (await console.FirstAsync("Rooms", new { text = "", max = 500 })).ToString(),
            (await console.UntilAsync("History", history => history.GetProperty("regions").GetArrayLength() > 0)).ToString(),
        ];

        texts[0].Should().Contain("Mina").And.Contain("offer").And.Contain("answer").And.Contain("ice-failed");
        texts[1].Should().Contain("turn:turn.example.com");
        foreach (var secret in new[] { Mark, Address, "127.0.0.1", token.Split('.')[1], token.Split('.')[2], one.ResumeToken(), Secret, "v=0", "candidate:" })
        {
            texts.Where(text => text.Contains(secret, StringComparison.OrdinalIgnoreCase)).Should().BeEmpty("{0} is nobody's business", secret);
        }
    }

    private static async Task SendAsync(RawPeer from, string to, string payload) =>
        (await from.Client.InvokeAsync("Send", $$"""{"room":"{{from.Room}}","to":"{{to}}",{{payload}}}""")).Succeeded();
}
