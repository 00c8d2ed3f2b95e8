using System.Net;
using Signaling.Tests.Hosting;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Protocol;

/// <summary>The hub as an operator runs it: a process, environment variables, signals and exit codes.</summary>
[TestFixture]
internal sealed class ExecutableTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private static readonly Dictionary<string, string> Configured = new() { ["Signaling__Access__Keys__0__Secret"] = Secret };
    private static readonly Dictionary<string, string> Development = new() { ["ASPNETCORE_ENVIRONMENT"] = "Development" };

    [Test]
    public async Task Outside_Development_it_does_not_start_without_keys_and_says_what_to_set()
    {
        var (exitCode, output) = await HubProcess.RunAsync(new Dictionary<string, string>());

        exitCode.Should().NotBe(0);
        output.Should().Contain("Signaling__Access__Keys__0__Secret").And.NotContain("   at ", "an operator needs no stack trace");
    }

    [TestCase("Signaling__Region", "no region", "Region")]
    [TestCase("Signaling__Rooms__Capacity", "0", "Capacity")]
    [TestCase("Signaling__Rooms__Capacity", "many", "Capacity")]
    [TestCase("Signaling__Limits__InvocationsPerSecond", "0", "InvocationsPerSecond")]
    [TestCase("Signaling__Limits__OutboxMessages", "0", "OutboxMessages")]
    [TestCase("Signaling__Access__Issuer", "", "Issuer")]
    [TestCase("Signaling__Access__Audience", "", "Audience")]
    [TestCase("Signaling__Access__Leeway", "01:00:00", "Leeway")]
    [TestCase("Signaling__Access__Keys__0__Secret", "short", "Secret")]
    [TestCase("Signaling__Access__Keys__1__PublicKey", "no key", "PublicKey")]
    [TestCase("Signaling__Access__Keys__1__PrivateKey", "no key", "PrivateKey")]
    [TestCase("Signaling__Ice__Servers__0__Urls__0", "http://example.com", "Urls")]
    [TestCase("Signaling__Ice__Servers__0__Urls__0", "turn:turn.example.com", "Credential")]
    [TestCase("Signaling__Ice__Servers__0__Username", "u", "Urls")]
    [TestCase("Signaling__Roms__Capacity", "5", "Roms")]
    [TestCase("Signaling__Rooms__Capacty", "5", "Capacty")]
    public async Task A_bad_or_unknown_option_stops_the_start_and_is_named(string variable, string value, string name)
    {
        var (exitCode, output) = await HubProcess.RunAsync(new Dictionary<string, string>(Configured) { [variable] = value });

        exitCode.Should().NotBe(0);
        output.Should().Contain(name).And.NotContain("   at ");
    }

    [Test]
    public async Task The_token_command_mints_what_the_hub_accepts_for_that_room_alone()
    {
        var (exitCode, output) = await HubProcess.RunAsync(Configured, "token", "--room", "math-101", "--user", "mina");
        exitCode.Should().Be(0);
        await using var hub = HubProcess.Start(Configured);
        var url = new Uri(await hub.AddressAsync(), "signaling");

        await using var peer = await RawClient.JoinAsync(url, "math-101", "Mina", output.Trim());

        peer.Welcome.GetProperty("roster").GetProperty("peers")[0].GetProperty("user").GetString().Should().Be("mina");
        (await peer.Client.InvokeAsync("Join", """{"room":"math-102"}""")).Code.Should().Be("not-allowed");
    }

    [TestCase("token", "--user", "mina")]
    [TestCase("token", "--room", "a/b", "--user", "mina")]
    [TestCase("token", "--room", "math-101", "--user", "mina@example.com")]
    public async Task The_token_command_refuses_what_the_hub_would_refuse(params string[] arguments)
    {
        var (exitCode, output) = await HubProcess.RunAsync(Configured, arguments);

        exitCode.Should().NotBe(0);
        output.Should().Contain("--");
    }

    [Test]
    public async Task In_Development_it_prints_the_page_and_a_link_that_joins()
    {
        var page = Directory.CreateTempSubdirectory();
        await File.WriteAllTextAsync(Path.Combine(page.FullName, "index.html"), "<title>call</title>");
        await using var hub = HubProcess.Start(new Dictionary<string, string>(Development) { ["Signaling__Page__Folder"] = page.FullName });
        var address = await hub.AddressAsync();
        using var http = new HttpClient { BaseAddress = address };

        (await http.GetStringAsync(new Uri("/?room=math-101", UriKind.Relative))).Should().Be("<title>call</title>");
        await hub.TerminateAsync();

        hub.Output.Should().Contain($"{address}?room=").And.Contain("Development mode").And.Contain($"page     {address}").And.Contain($"console  {address}operator/console/");
        page.Delete(recursive: true);
    }

    [Test]
    public async Task Live_and_ready_are_answered_and_SIGTERM_ends_it_cleanly_with_clients_connected()
    {
        await using var hub = HubProcess.Start(new Dictionary<string, string>(Development) { ["Signaling__Drain__Spread"] = "00:00:01", ["Signaling__Drain__Deadline"] = "00:00:03" });
        var address = await hub.AddressAsync();
        using var http = new HttpClient { BaseAddress = address };
        await using var peer = await RawClient.JoinAsync(new Uri(address, "signaling"), "math-101");

        (await http.GetAsync(new Uri("health/live", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await http.GetAsync(new Uri("health/ready", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await hub.TerminateAsync()).Should().Be(0);

        await peer.Client.EndAsync();
        hub.Output.Should().NotContain("   at ");
    }
}
