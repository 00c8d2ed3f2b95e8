using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Signaling.Hub.Ice;
using Signaling.Hub.Ice.Credentials;
using Signaling.Hub.Ice.Stun;
using Signaling.Tests.Hosting;
using Signaling.Lab.Proxies;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Ice;

/// <summary>The hub's executable with real coturns that are killed and come back, as peers and operators see it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase), Parallelizable(ParallelScope.Children)] // They wait for probes.
internal sealed class FailoverTests
{
    private const string TokenSecret = "0123456789abcdef0123456789abcdef";
    private const string NewSecret = "new-0123456789abcdef0123456789abcdef";
    private const string OldSecret = "old-0123456789abcdef0123456789abcdef";
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(15);

    private Uri _hub = null!;

    [Test]
    public async Task A_killed_coturn_is_left_within_15_seconds_and_comes_back_once_it_stays_well()
    {
        await using var first = await CoturnServer.StartAsync();
        await using var second = await CoturnServer.StartAsync();
        await using var hub = await StartAsync(new() { ["Signaling__Ice__ReturnAfter"] = "00:00:03" }, first, second);
        await ServersAsync(servers => servers.All(url => url.RoundTripMs is not null), "both were probed");
        (await OfferedAsync()).Should().Contain(first.Urls).And.Contain(second.Urls);

        await first.KillAsync();
        await Eventually.TrueAsync(async () => !(await OfferedAsync()).Intersect(first.Urls).Any(), "new peers do not get it", InTime);
        (await OfferedAsync()).Should().Equal(second.Urls);

        await first.StartAgainAsync();
        await Eventually.TrueAsync(async () => first.Urls.All((await OfferedAsync()).Contains), "new peers get it again");
        hub.Output.Should().Contain($"Peers do not get {first.Urls[0]} any more").And.Contain($"Peers get {first.Urls[0]} again").And.NotContain($"Peers do not get {second.Urls[0]}");
    }

    [Test]
    public async Task A_frozen_coturn_is_left_as_well()
    {
        await using var first = await CoturnServer.StartAsync();
        await using var second = await CoturnServer.StartAsync();
        await using var hub = await StartAsync([], first, second);
        await ServersAsync(servers => servers.All(url => url.RoundTripMs is not null), "both were probed");

        second.Freeze();

        await Eventually.TrueAsync(async () => !(await OfferedAsync()).Intersect(second.Urls).Any(), "new peers do not get it", InTime);
        second.Thaw();
    }

    [Test]
    public async Task A_coturn_that_has_become_slow_is_left_until_it_is_quick_again()
    {
        await using var coturn = await CoturnServer.StartAsync();
        await using var way = new FaultProxy(new Uri($"turn://127.0.0.1:{coturn.Port}"));
        await using var hub = await StartAsync(
            new()
            {
                ["Signaling__Ice__Servers__0__Urls__1"] = $"turn:127.0.0.1:{way.Url.Port}?transport=tcp",
                ["Signaling__Ice__SlowFrom"] = "00:00:00.3",
                ["Signaling__Ice__ReturnAfter"] = "00:00:00",
            },
            coturn);
        await ServersAsync(servers => servers[1].RoundTripMs is not null, "it was probed");

        way.Down = new Impairment { Delay = TimeSpan.FromMilliseconds(400) };
        await ServersAsync(servers => servers[1] is { Well: false, Problem: { } problem } && problem.StartsWith("its round trip is", StringComparison.Ordinal), "it is slow");

        way.Down = new Impairment();
        await ServersAsync(servers => servers[1].Well, "it is quick again");
    }

    [Test]
    public async Task An_operator_sees_every_URL_over_UDP_TCP_and_TLS_and_nobody_else_does()
    {
        await using var coturn = await CoturnServer.StartAsync(new() { Tls = true });
        await using var hub = await StartAsync(new() { ["SSL_CERT_FILE"] = coturn.AuthorityFile! }, coturn);

        var urls = await ServersAsync(servers => servers.All(url => url.RoundTripMs is not null), "UDP, TCP and TLS were probed");

        urls.Select(url => url.Url).Should().Equal(coturn.Urls);
        urls.Should().OnlyContain(url => url.Well && url.Problem == null);
        (await AskAsync(null)).Status.Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(new RawToken().SignHmac(TokenSecret))).Status.Should().Be(HttpStatusCode.Forbidden);
        (await AskAsync(OperatorToken())).Body.Should().NotContain(coturn.Secrets[0]);
    }

    [Test]
    public async Task Hubs_that_mint_with_the_new_secret_first_use_the_old_one_for_a_coturn_that_has_only_that()
    {
        await using var old = await CoturnServer.StartAsync(new() { Secrets = [OldSecret] });
        await using var hub = await StartAsync(new() { ["Signaling__Ice__Secrets__0"] = NewSecret, ["Signaling__Ice__Secrets__1"] = OldSecret }, old);
        await ServersAsync(servers => servers.All(url => url.RoundTripMs is not null), "it was probed");

        await using var peer = await JoinAsync();

        var server = peer.Welcome.GetProperty("ice").GetProperty("servers")[0];
        var credential = new TurnCredential(server.GetProperty("username").GetString()!, server.GetProperty("credential").GetString()!);
        credential.Should().Be(TurnCredential.Sign(OldSecret, credential.Username));
        var probed = await new StunProbe(TimeProvider.System).RunAsync(IceUrl.Parse(old.Urls[0])!, [credential], InTime, CancellationToken.None);
        probed.Problem.Should().BeNull("coturn takes what the welcome brought");
    }

    [Test]
    public async Task Each_peer_gets_credentials_of_its_own_and_fresh_ones_when_it_asks()
    {
        await using var coturn = await CoturnServer.StartAsync();
        await using var hub = await StartAsync([], coturn);
        await using var mina = await JoinAsync();
        await using var theo = await JoinAsync();

        var (one, other) = (mina.Welcome.GetProperty("ice"), theo.Welcome.GetProperty("ice"));
        var fresh = (await mina.Client.InvokeAsync("GetIceServers", """{"room":"math-101"}""")).Result;

        one.GetProperty("expiresInSeconds").GetInt32().Should().Be(600);
        NameIn(one).Should().EndWith($".{mina.Id}");
        NameIn(other).Should().EndWith($".{theo.Id}");
        NameIn(fresh).Should().EndWith($".{mina.Id}");
        ExpiryIn(fresh).Should().BeCloseTo(TimeProvider.System.GetUtcNow().AddMinutes(10), TimeSpan.FromSeconds(30));
    }

    private static string NameIn(JsonElement ice) => ice.GetProperty("servers")[0].GetProperty("username").GetString()!;

    private static DateTimeOffset ExpiryIn(JsonElement ice) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(NameIn(ice).Split(':')[0], System.Globalization.CultureInfo.InvariantCulture));

    private static string OperatorToken() => new RawToken { IsOperator = true }.SignHmac(TokenSecret);

    private async Task<HubProcess> StartAsync(Dictionary<string, string> settings, params CoturnServer[] coturns)
    {
        var environment = new Dictionary<string, string> { ["Signaling__Access__Keys__0__Secret"] = TokenSecret, ["Signaling__Ice__Secrets__0"] = coturns[0].Secrets[0] };
        foreach (var (server, coturn) in coturns.Index())
        {
            foreach (var (number, url) in coturn.Urls.Index()) environment[$"Signaling__Ice__Servers__{server}__Urls__{number}"] = url;
        }

        foreach (var (name, value) in settings) environment[name] = value;
        var hub = HubProcess.Start(environment);
        _hub = await hub.AddressAsync();
        return hub;
    }

    private Task<RawPeer> JoinAsync() => RawClient.JoinAsync(new Uri(_hub, "signaling"), "math-101", token: new RawToken().SignHmac(TokenSecret));

    /// <summary>The URLs that a new peer gets.</summary>
    private async Task<string[]> OfferedAsync()
    {
        await using var peer = await JoinAsync();
        return [.. peer.Welcome.GetProperty("ice").GetProperty("servers").EnumerateArray().SelectMany(server => server.GetProperty("urls").EnumerateArray()).Select(url => url.GetString()!)];
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(string? token)
    {
        using var http = new HttpClient { BaseAddress = _hub };
        if (token is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.GetAsync(new Uri("operator/turn", UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<UrlView[]> ServersAsync(Func<UrlView[], bool> condition, string what)
    {
        UrlView[] urls = [];
        await Eventually.TrueAsync(
            async () =>
            {
                var (status, body) = await AskAsync(OperatorToken());
                status.Should().Be(HttpStatusCode.OK);
                urls = [.. JsonElement.Parse(body).GetProperty("servers").EnumerateArray().SelectMany(server => server.GetProperty("urls").EnumerateArray())
                    .Select(url => url.Deserialize<UrlView>(JsonSerializerOptions.Web)!)];
                return condition(urls);
            },
            what);
        return urls;
    }

    private sealed record UrlView(string Url, bool Well, string? Problem, double? RoundTripMs);
}
