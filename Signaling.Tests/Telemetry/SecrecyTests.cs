using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signaling.Tests.Hosting;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Telemetry;

/// <summary>That what passes through the hub is in no log and no metric: everything here is marked, and then looked for.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SecrecyTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private const string Mark = "marked";
    private const string Address = "203.0.113.77";

    private readonly Pages _log = new();

    [Test]
    public async Task No_token_name_SDP_address_room_or_user_gets_into_the_logs_or_metrics() => await NothingMarkedIsToldAsync(logging => logging
        .SetMinimumLevel(LogLevel.Warning) // As shipped for ASP.NET Core; of the hub's own not one line less than there is.
        .AddFilter<Pages>("Signaling", LogLevel.Trace)
        .AddFilter<Pages>("Microsoft.Hosting", LogLevel.Information));

    [Test]
    public async Task Nor_does_any_with_every_log_level_at_its_lowest()
    {
        await NothingMarkedIsToldAsync(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFilter<Pages>(null, LogLevel.Trace));

        _log.Lines.Should().Contain(line => line.StartsWith("Request starting"), "all that there is was logged");
    }

    private async Task NothingMarkedIsToldAsync(Action<ILoggingBuilder> levels)
    {
        await using var hub = await InProcessHub.StartAsync(
            options =>
            {
                options.Access.Keys.Add(new() { Secret = Secret });
                options.Rooms.Capacity = 2;
                options.Ice.ProbeInterval = TimeSpan.Zero;
                options.Ice.Servers = [new() { Urls = ["turn:turn.example.com"], Username = $"{Mark}-turn-user", Credential = $"{Mark}-turn-password" }];
            },
            "Production",
            services: services => services.AddLogging(logging => levels(logging.AddProvider(_log))));
        var token = new RawToken { Subject = $"{Mark}-user", Rooms = new[] { "*" } }.SignHmac(Secret);
        var resumeToken = await CallAsync(hub, token);
        await FailAsync(hub, token, resumeToken);

        var texts = _log.Lines.Append((await Scrape.OfAsync(hub.Address)).Text).ToArray();

        texts.Should().HaveCountGreaterThan(3, "refusals are logged");
        foreach (var secret in new[] { Mark, Address, token, token.Split('.')[1], token.Split('.')[2], resumeToken, Secret, "v=0" })
        {
            texts.Where(text => text.Contains(secret, StringComparison.OrdinalIgnoreCase)).Should().BeEmpty("{0} is nobody's business", secret);
        }
    }

    /// <summary>A call that goes well.</summary>
    private static async Task<string> CallAsync(InProcessHub hub, string token)
    {
        await using var one = await RawResume.JoinResumableAsync(hub.HubUrl, $"{Mark}-room", token, $"{Mark}-name");
        await using var other = await RawClient.JoinAsync(hub.HubUrl, $"{Mark}-room", $"{Mark}-name", token);
        await SendAsync(one, other.Id, $$""" "description":{"type":"offer","sdp":"v=0\r\nc=IN IP4 {{Address}}\r\na={{Mark}}"},"traceparent":"{{Mark}}" """);
        await SendAsync(other, one.Id, $$""" "candidates":[{"candidate":"candidate:1 1 udp 1 {{Address}} 9 typ host","usernameFragment":"{{Mark}}"}] """);
        await SendAsync(one, other.Id, $$""" "data":"{{Mark}}" """);
        (await one.Client.InvokeAsync("SetAttributes", $$$"""{"room":"{{{Mark}}}-room","attributes":{"{{{Mark}}}":"{{{Mark}}}"}}""")).Succeeded();
        (await one.Client.InvokeAsync("ReportConnection", $$"""{"room":"{{Mark}}-room","peerId":"{{other.Id}}","outcome":"{{Mark}}","restarts":0,"serverFailures":[{"url":"turn:{{Mark}}","errorCode":701}]}""")).Succeeded();
        return one.ResumeToken();
    }

    /// <summary>Everything that the hub refuses, which is what it logs and counts.</summary>
    private static async Task FailAsync(InProcessHub hub, string token, string resumeToken)
    {
        await using var peer = await RawClient.JoinAsync(hub.HubUrl, $"{Mark}-2", token: token);
        await peer.Client.InvokeAsync("Send", $$$"""{"room":"{{{Mark}}}-2","to":"{{{Mark}}}","description":{"type":"offer","sdp":"{{{Mark}}} {{{Address}}}"}}""");
        await peer.Client.InvokeAsync("Send", $$"""{"room":"{{Mark}}-2","to":"{{Mark}}","data":1}""");
        await peer.Client.InvokeAsync($"{Mark}", $"\"{Mark}\"");
        await peer.Client.InvokeAsync("Join", $$"""{"room":"{{Mark}} {{Address}}"}""");
        await peer.Client.InvokeAsync("Join", $$$"""{"room":{"{{{Mark}}}":1}}""");
        await peer.Client.InvokeAsync("ReportConnection", $$"""{"room":"{{Mark}}-2","peerId":"{{Mark}}","outcome":"failed","restarts":0}""");
        foreach (var query in new[] { $"access_token={token}x", $"access_token={Mark}", $"room={Mark}%20{Address}&access_token={token}", $"room={Mark}-3&peer={Mark}&resume={resumeToken}&access_token={token}", $"room={Mark}&v=99&access_token={token}" })
        {
            await using var refused = await RawClient.ConnectAsync(hub.HubUrl, query);
            (await refused.RefusalAsync()).Should().NotBeNull();
        }

        await SendBrokenRequestAsync(hub.Address, $"GET /signaling?access_token={token} {Mark} HTTP/1.1\r\nHost: hub\r\n\r\n");
        await peer.Client.SendAsync($"{Mark} {Address}");
        await peer.Client.EndAsync();
    }

    private static async Task SendBrokenRequestAsync(Uri hub, string request)
    {
        using var socket = new TcpClient(hub.Host, hub.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        (await new StreamReader(socket.GetStream()).ReadToEndAsync()).Should().StartWith("HTTP/1.1 400");
    }

    private static async Task SendAsync(RawPeer from, string to, string payload) =>
        (await from.Client.InvokeAsync("Send", $$"""{"room":"{{from.Room}}","to":"{{to}}",{{payload}}}""")).Succeeded();

    /// <summary>Every line that is logged.</summary>
    private sealed class Pages : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
