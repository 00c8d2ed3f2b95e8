using System.Text.Json;
using Signaling.Tests.Hosting;
using Signaling.Tests.Ice;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Browser;

/// <summary>What Chromium itself writes when it is told to relay, at a real coturn, passes the hub in a relay-only room; and what it writes otherwise does not.</summary>
internal sealed class RelayOnlyBrowserTests
{
    private const string PublicAddress = "198.51.100.7";

    // Two ends of one call in a page: tells every signal that they exchange, and what their descriptions are once all is gathered.
    private const string Call = """
        async ({ iceServers, iceTransportPolicy, waitForConnection }) => {
          const signals = [];
          const [a, b] = [0, 1].map(() => new RTCPeerConnection({ iceServers, iceTransportPolicy }));
          const gathered = pc => new Promise(done => pc.onicegatheringstatechange = () => pc.iceGatheringState === "complete" && done());
          const send = (to, signal) => { signals.push(signal); return signal.candidates ? to.addIceCandidate(signal.candidates[0]) : to.setRemoteDescription(signal.description); };
          for (const [pc, other] of [[a, b], [b, a]]) pc.onicecandidate = e => e.candidate && send(other, { candidates: [e.candidate.toJSON()] });
          a.addTransceiver("audio");
          a.createDataChannel("chat");
          const all = [gathered(a), gathered(b)];
          const connected = new Promise(done => a.onconnectionstatechange = () => a.connectionState === "connected" && done());
          await a.setLocalDescription();
          await send(b, { description: a.localDescription.toJSON() });
          await b.setLocalDescription();
          await send(a, { description: b.localDescription.toJSON() });
          await Promise.all(all);
          if (waitForConnection) await connected;
          for (const pc of [a, b]) signals.push({ description: pc.localDescription.toJSON() });
          a.close(); b.close();
          return JSON.stringify(signals);
        }
        """;

    private CoturnServer _coturn = null!;
    private InProcessHub _hub = null!;

    [TearDown]
    public async Task StopAsync()
    {
        await _hub.DisposeAsync();
        await _coturn.DisposeAsync();
    }

    [Test]
    public async Task A_call_that_is_told_to_relay_connects_and_all_its_signals_pass()
    {
        await StartAsync();
        await using var sender = await RawClient.JoinAsync(_hub.HubUrl, "telehealth-1");

        var signals = await CallAsync(sender.Welcome, sender.Welcome.GetProperty("iceTransportPolicy").GetString()!, waitForConnection: true);

        (await RefusalsAsync(sender, signals)).Should().BeEmpty();
        signals.Should().Contain(signal => signal.Contains("typ relay", StringComparison.Ordinal));
    }

    [Test]
    public async Task The_relayed_address_itself_may_stand_in_the_whole_SDP_once_all_is_gathered()
    {
        await StartAsync($"external-ip={PublicAddress}");
        await using var sender = await RawClient.JoinAsync(_hub.HubUrl, "telehealth-1");

        var signals = await CallAsync(sender.Welcome, "relay", waitForConnection: false);

        (await RefusalsAsync(sender, signals)).Should().BeEmpty();
        signals.Should().Contain(signal => signal.Contains($"c=IN IP4 {PublicAddress}", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_call_that_is_not_told_is_refused()
    {
        await StartAsync();
        await using var sender = await RawClient.JoinAsync(_hub.HubUrl, "telehealth-1");

        var signals = await CallAsync(sender.Welcome, "all", waitForConnection: true);

        (await RefusalsAsync(sender, signals)).Should().NotBeEmpty().And.OnlyContain(code => code == "relay-only");
    }

    private async Task StartAsync(params string[] settings)
    {
        _coturn = await CoturnServer.StartAsync(new() { Settings = settings });
        _hub = await InProcessHub.StartAsync(options =>
        {
            options.Ice.RelayOnlyRooms = ["telehealth-*"];
            options.Ice.Secrets = [.. _coturn.Secrets];
            options.Ice.Servers = [new() { Urls = [.. _coturn.Urls] }];
        });
    }

    private static async Task<string[]> CallAsync(JsonElement welcome, string iceTransportPolicy, bool waitForConnection)
    {
        var page = await Chromium.Browser.NewPageAsync();
        try
        {
            var iceServers = welcome.GetProperty("ice").GetProperty("servers");
            var signals = await page.EvaluateAsync<string>($"({Call})({JsonSerializer.Serialize(new { iceServers, iceTransportPolicy, waitForConnection })})");
            return [.. JsonElement.Parse(signals).EnumerateArray().Select(signal => signal.GetRawText())];
        }
        finally
        {
            await page.CloseAsync();
        }
    }

    /// <summary>The codes of the signals that the hub refuses.</summary>
    private async Task<IReadOnlyList<string>> RefusalsAsync(RawPeer sender, IEnumerable<string> signals)
    {
        await using var receiver = await RawClient.JoinAsync(_hub.HubUrl, sender.Room);
        var refusals = new List<string>();
        foreach (var signal in signals)
        {
            var completion = await sender.Client.InvokeAsync("Send", $$"""{"room":"{{sender.Room}}","to":"{{receiver.Id}}",{{signal[1..]}}""");
            if (completion.Error is { } error) refusals.Add(error.Code);
        }

        return refusals;
    }
}
