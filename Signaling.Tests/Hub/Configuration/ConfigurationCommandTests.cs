using Signaling.Hub.Configuration;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Hub.Configuration;

/// <summary><c>checkconfig</c> and <c>options</c>, as an operator runs them.</summary>
internal sealed class ConfigurationCommandTests
{
    private static readonly Dictionary<string, string> Good = new() { ["Signaling__Access__Keys__0__Secret"] = "0123456789abcdef0123456789abcdef" };

    [Test]
    public async Task A_good_configuration_is_OK()
    {
        var (exitCode, output) = await HubProcess.RunAsync(Good, "checkconfig", "--Signaling:Redis", "redis.example.com:6379");

        output.Trim().Should().Be("OK (environment Production)");
        exitCode.Should().Be(0);
    }

    [Test]
    public async Task Every_problem_is_named_at_once()
    {
        var bad = new Dictionary<string, string>
        {
            ["Signaling__Roms__Capacity"] = "5",
            ["Signaling__Rooms__Capacty"] = "5",
            ["Signaling__Rooms__Capacity"] = "many",
            ["Signaling__Limits__OutboxMessages"] = "0",
            ["Signaling__Redis"] = "nonsense=1",
        };

        var (exitCode, output) = await HubProcess.RunAsync(bad, "checkconfig", "--Signaling:Ice:Servers:0:Urls:0=http://example.com");

        exitCode.Should().Be(1);
        output.Should().Contain("Signaling:Roms:Capacity is no option").And.Contain("Signaling:Rooms:Capacty is no option")
            .And.Contain("'many' at 'Signaling:Rooms:Capacity'").And.Contain("OutboxMessages").And.Contain("Signaling:Redis")
            .And.Contain("'http://example.com' is no STUN or TURN URL").And.Contain("Signaling:Access:Keys is empty").And.NotContain("   at ");
    }

    [Test]
    public async Task Each_option_is_printed_with_what_it_takes_its_variable_and_what_it_is()
    {
        var (exitCode, output) = await HubProcess.RunAsync(new Dictionary<string, string>(), "options");

        exitCode.Should().Be(0);
        output.ReplaceLineEndings("\n").Should().Contain("""
            Signaling:Rooms:Capacity
                number, default 50, 1 to 1000
                Signaling__Rooms__Capacity
                Most peers in a room.

            """).And.Contain("Signaling__Ice__Servers__N__Urls__M\n    URLs as in RFC 7064");
        foreach (var option in OptionCatalog.All()) output.Should().Contain($"Signaling:{option.Key}\n").And.Contain(option.Doc);
    }

    [Test]
    public async Task Each_option_that_is_listed_is_one_that_the_hub_takes_with_its_default()
    {
        // What an entry of a list needs besides has no default.
        var listed = OptionCatalog.All().Where(option => option.Default.Length > 0 && !option.Key.Contains(":N", StringComparison.Ordinal)).ToDictionary(option => option.Variable, option => option.Default);

        var (exitCode, output) = await HubProcess.RunAsync(Good.Concat(listed).ToDictionary(), "checkconfig");

        output.Should().StartWith("OK");
        exitCode.Should().Be(0);
    }
}
