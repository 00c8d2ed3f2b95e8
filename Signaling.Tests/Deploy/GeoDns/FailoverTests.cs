namespace Signaling.Tests.Deploy.GeoDns;

/// <summary>What the name server answers while regions are not ready.</summary>
internal sealed class FailoverTests
{
    private const string Korean = "203.0.113.0/24";
    private const string Korean6 = "2001:db8:8200::/56";
    private const string German = "198.51.100.0/24";
    private const string American = "198.51.100.130";
    private const string Unknown = "192.0.2.200";

    private FakeRegions _regions = null!;
    private NameServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _regions = await FakeRegions.StartAsync();
        _server = await NameServer.StartAsync(_regions);
        await _server.SendsAsync(Korean, Addresses.Seoul);
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        await _regions.DisposeAsync();
    }

    [Test]
    public async Task Clients_of_a_region_that_is_not_ready_go_to_the_next_and_come_back()
    {
        _regions.Fail("seoul");

        await _server.SendsAsync(Korean, Addresses.Virginia);
        await _server.SendsAsync(Korean6, Addresses.Virginia);
        await _server.SendsAsync(Unknown, Addresses.Virginia);
        (await _server.AskAsync(German)).Should().Be(Addresses.Frankfurt);
        (await _server.AskAsync(American)).Should().Be(Addresses.Virginia);

        _regions.Recover("seoul");

        await _server.SendsAsync(Korean, Addresses.Seoul);
        await _server.SendsAsync(Korean6, Addresses.Seoul);
        await _server.SendsAsync(Unknown, Addresses.Seoul);
    }

    [Test]
    public async Task The_zones_own_records_follow_too()
    {
        await using var zone = await NameServer.StartAsync(_regions, geoip: false);
        (await zone.AskAsync(German)).Should().Be(Addresses.Seoul);

        _regions.Fail("seoul");

        await zone.SendsAsync(German, Addresses.Virginia);
    }

    [Test]
    public async Task A_second_failure_sends_them_on_to_the_region_after_that()
    {
        _regions.Fail("frankfurt");
        await _server.SendsAsync(German, Addresses.Virginia);

        _regions.Fail("virginia");

        await _server.SendsAsync(German, Addresses.Seoul);
        await _server.SendsAsync(American, Addresses.Seoul);
        (await _server.AskAsync(Korean)).Should().Be(Addresses.Seoul);
    }

    [Test]
    public async Task A_region_that_never_answers_is_not_ready()
    {
        _regions.Silence("virginia");

        await _server.SendsAsync(American, Addresses.Frankfurt);
        (await _server.AskAsync(Korean)).Should().Be(Addresses.Seoul);
    }

    [Test]
    public async Task When_no_region_is_ready_the_last_answers_stay()
    {
        _regions.Fail("seoul");
        await _server.SendsAsync(Korean, Addresses.Virginia);

        _regions.Fail("frankfurt");
        await _server.SendsAsync(German, Addresses.Virginia);
        _regions.Fail("virginia");
        await SaysAsync("virginia is down");
        await RoundsAsync(3);

        foreach (var client in (string[])[Korean, Korean6, German, American, Unknown]) (await _server.AskAsync(client)).Should().Be(Addresses.Virginia);
    }

    [Test]
    public async Task Two_failures_in_a_row_are_not_yet_a_failed_region()
    {
        _regions.Fail("seoul", times: 2);

        await RoundsAsync(6);

        _server.Said.Should().NotContain("is down");
        (await _server.AskAsync(Korean)).Should().Be(Addresses.Seoul);
    }

    private Task SaysAsync(string line) => Eventually.TrueAsync(() => _server.Said.Contains(line, StringComparison.Ordinal), line);

    private Task RoundsAsync(int rounds)
    {
        var until = _regions.Asked("seoul") + rounds;
        return Eventually.TrueAsync(() => _regions.Asked("seoul") >= until, $"{rounds} more rounds");
    }
}
