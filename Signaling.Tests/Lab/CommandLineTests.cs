using Signaling.Lab.Cli;
using Signaling.Lab.Regions;
using Spectre.Console;

namespace Signaling.Tests.Lab;

internal sealed class CommandLineTests
{
    [TestCase("--delay", "seoul-tokyo=10ms")]
    [TestCase("--delay", "seoul-seoul=10ms")]
    [TestCase("--delay", "seoul-frankfurt")]
    [TestCase("--delay", "seoul-frankfurt=1h")]
    [TestCase("--jitter", "often")]
    [TestCase("--jitter", "1h")]
    public void A_value_that_an_option_cannot_take_is_told_with_the_options_name(string option, string value)
    {
        var command = new RunCommand(new LabSession(AnsiConsole.Console, TextWriter.Null), TimeProvider.System).Create();

        command.Parse([option, value]).Errors.Should().ContainSingle().Which.Message.Should().Contain(option);
    }

    [Test]
    public async Task Wrong_arguments_end_with_2()
    {
        await using var lab = LabProcess.Start("run", "--scenario", "weather");

        (await lab.ExitAsync()).Should().Be(2);

        lab.Output.Should().Contain("weather").And.Contain("roster");
    }

    [Test]
    public void Regions_may_be_named_in_any_order()
    {
        RegionNames.ParseDistance("frankfurt-seoul=150ms").Should().Be(KeyValuePair.Create(new RegionPair("seoul", "frankfurt"), TimeSpan.FromMilliseconds(150)));
        RegionNames.ParseWays("virginia-seoul").Should().BeEquivalentTo([("seoul", "virginia"), ("virginia", "seoul")]);
        RegionNames.ParseWays("virginia>seoul").Should().Equal(("virginia", "seoul"));
    }
}
