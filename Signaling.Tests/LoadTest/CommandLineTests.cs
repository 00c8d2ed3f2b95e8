using Signaling.LoadTest.Cli;
using Signaling.LoadTest.Connections;
using Spectre.Console;

namespace Signaling.Tests.LoadTest;

[TestFixture]
internal sealed class CommandLineTests
{
    [TestCase("--peers", "0")]
    [TestCase("--peers", "many")]
    [TestCase("--ramp", "0")]
    [TestCase("--duration", "5q")]
    [TestCase("--duration", "30d")]
    [TestCase("--ping", "1h")]
    [TestCase("--script", "dance")]
    [TestCase("--script", "1")]
    [TestCase("--url", "localhost")]
    [TestCase("--url", "ftp://localhost/")]
    [TestCase("--threshold", "p98<1ms")]
    [TestCase("--room-prefix", "a/b")]
    [TestCase("--secret", "short")]
    [TestCase("--source", "here")]
    [TestCase("--churn", "-1")]
    public void A_value_that_an_option_cannot_take_is_told_with_the_options_name(string option, string value)
    {
        var parsed = new LoadTestCommand(AnsiConsole.Console, TextWriter.Null, TimeProvider.System).Create().Parse([option, value]);

        parsed.Errors.Should().ContainSingle().Which.Message.Should().Contain(option);
    }

    [TestCase("--room-size", "--room-size", "1")]
    [TestCase("--token", "--token", "a", "--secret", "0123456789abcdef0123456789abcdef")]
    public async Task Values_that_do_not_fit_together_end_with_1_and_name_the_option(string name, params string[] arguments)
    {
        using var errors = new StringWriter();

        var exitCode = await new LoadTestCommand(AnsiConsole.Console, errors, TimeProvider.System).Create().Parse(arguments).InvokeAsync();

        exitCode.Should().Be(ExitCode.CannotRun);
        errors.ToString().Should().Contain(name);
    }

    [TestCase("500ms", 500)]
    [TestCase("30s", 30_000)]
    [TestCase("1.5m", 90_000)]
    [TestCase("2h", 7_200_000)]
    [TestCase("45", 45_000)]
    [TestCase("00:01:30", 90_000)]
    [TestCase("1:30", 90_000)]
    public void A_duration_is_written_as_people_do(string text, double milliseconds)
    {
        Duration.TryParse(text, out var duration).Should().BeTrue();
        duration.Time.TotalMilliseconds.Should().Be(milliseconds);
    }

    [TestCase("http://example.com", "http://example.com/signaling")]
    [TestCase("ws://example.com:81/", "http://example.com:81/signaling")]
    [TestCase("wss://example.com/hubs/one", "https://example.com/hubs/one")]
    public void A_hubs_address_gets_the_hubs_own_path_unless_it_has_one(string text, string url)
    {
        HubAddress.TryParse(text, out var parsed).Should().BeTrue();
        parsed.Should().Be(new Uri(url));
    }
}
