using System.Globalization;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>The files themselves, and how the node starts.</summary>
internal sealed class StartTests
{
    private const int WrongConfiguration = 78;
    private const string Started = "Total General servers"; // After all of the configuration.

    private static readonly string[] Complaints =
        ["Bad configuration format", "Wrong address", "Unknown", "Wrong usage", "ERROR", "ALERT", "WARNING", "Check config", "cannot", "Cannot"];

    private static IEnumerable<TestCaseData> Incomplete =>
    [
        Refused("no secret", files => files.WithSecrets(), "secrets is missing or empty"),
        Refused("a short secret", files => files.WithSecrets("north"), "32 to 127 characters"),
        Refused("a short secret beside a good one", files => files.WithSecrets(files.Secret, "north"), "32 to 127 characters"),
        Refused("an empty line beside a secret", files => files.WithSecrets(files.Secret, "", files.Secret), "32 to 127 characters"),
        Refused("a secret with a space", files => files.WithSecrets($"{files.Secret} x"), "32 to 127 characters"),
        Refused("no realm", files => files.Without("site.conf", "realm"), "has no realm"),
        Refused("no address to listen at", files => files.Without("site.conf", "listening-ip"), "has no listening-ip"),
        Refused("no address to relay from", files => files.Without("site.conf", "relay-ip"), "has no relay-ip"),
        Refused("an empty address to relay from", files => files.With("site.conf", "relay-ip", ""), "has no relay-ip"),
        Refused("no range of ports", files => files.Without("site.conf", "max-port"), "has no max-port"),
        Refused("no certificate", files => files.Without("site.conf", "cert"), "has no cert"),
        Refused("a certificate that is not there", files => files.With("site.conf", "cert", "/nowhere.pem"), "/nowhere.pem cannot be read"),
        Refused("a key that is not there", files => files.With("site.conf", "pkey", "/nowhere.pem"), "/nowhere.pem cannot be read"),
    ];

    [TestCaseSource(nameof(Incomplete))]
    public async Task It_does_not_start(Func<TurnFiles, TurnFiles> change, string complaint)
    {
        using var files = change(new TurnFiles());
        await using var start = ChildProcess.Start(files.PathOf("start.sh"), [], files.Environment);

        (await start.ExitAsync()).Should().Be(WrongConfiguration);
        start.Output.Should().Contain(complaint);
    }

    [Test]
    public async Task Coturn_knows_every_line_of_the_configuration()
    {
        await using var node = await TurnNode.StartAsync();
        await node.SaysAsync(Started);

        node.Server.Output.Split('\n').Should().NotContain(line => Complaints.Any(complaint => line.Contains(complaint, StringComparison.Ordinal)));
    }

    [Test]
    public async Task Coturn_complains_of_a_line_that_it_does_not_know()
    {
        await using var node = await TurnNode.StartAsync(new TurnFiles().Adding("no-such-option"));

        await node.SaysAsync("Bad configuration format: no-such-option");
    }

    [Test]
    public async Task The_secret_is_in_a_file_that_nobody_else_reads_and_nowhere_else()
    {
        await using var node = await TurnNode.StartAsync();
        await node.SaysAsync(Started);
        var process = $"/proc/{node.Server.Id}";

        (await Command.RunAsync("stat", ["--format=%a", node.Files.PathOf("run/turnserver.conf")])).Trim().Should().Be("600");
        foreach (var open in new[] { await File.ReadAllTextAsync($"{process}/cmdline"), await File.ReadAllTextAsync($"{process}/environ"), node.Server.Output })
        {
            open.Should().NotBeEmpty().And.NotContain(node.Files.Secret);
        }
    }

    [Test]
    public async Task It_writes_neither_a_log_file_nor_a_process_id()
    {
        await using var node = await TurnNode.StartAsync();
        await node.SaysAsync(Started);

        Directory.GetFiles($"/proc/{node.Server.Id}/fd").Select(file => new FileInfo(file).LinkTarget)
            .Should().NotContain(target => target != null && target.Contains(".log", StringComparison.Ordinal));
        node.Server.Output.Should().NotContain("pid file created");
    }

    [Test]
    public void It_relays_from_one_IPv4_address() => Values("site.conf", "relay-ip").Should().ContainSingle().Which.Should().MatchRegex(@"^\d+\.\d+\.\d+\.\d+$");

    [Test]
    public void Ports_and_file_handles_are_enough_for_the_quota()
    {
        var quota = Number("turnserver.conf", "total-quota");

        (Number("site.conf", "max-port") - Number("site.conf", "min-port") + 1).Should().BeGreaterThanOrEqualTo(2 * quota, "ports are taken at random");
        Number("signaling-turn.service", "LimitNOFILE").Should().BeGreaterThanOrEqualTo((2 * quota) + 1000);
    }

    [TestCase("signaling-turn.service")]
    [TestCase("signaling-turn@.service")]
    public async Task Systemd_takes_the_unit(string name)
    {
        using var files = new TurnFiles();
        var unit = files.PathOf(name);
        await File.WriteAllTextAsync(
            unit, (await File.ReadAllTextAsync(TurnFiles.Source("signaling-turn.service"))).Replace("/usr/local/lib/signaling-turn/start.sh", files.PathOf("start.sh"), StringComparison.Ordinal));

        (await Command.RunAsync("sh", ["-c", "systemd-analyze verify \"$1\" 2>&1", "sh", unit])).Should().BeEmpty();
    }

    [Test]
    public async Task Systemd_finds_the_unit_well_confined()
    {
        var analysis = await Command.RunAsync("systemd-analyze", ["security", "--offline=true", "--threshold=20", TurnFiles.Source("signaling-turn.service")]);

        analysis.Should().Contain("Overall exposure level");
    }

    private static TestCaseData Refused(string with, Func<TurnFiles, TurnFiles> change, string complaint) =>
        new(change, complaint) { TestName = $"It does not start with {with}" };

    private static int Number(string file, string name) => int.Parse(Values(file, name).Single(), CultureInfo.InvariantCulture);

    private static IEnumerable<string> Values(string file, string name) =>
        File.ReadAllLines(TurnFiles.Source(file)).Where(line => line.StartsWith($"{name}=", StringComparison.Ordinal)).Select(line => line[(name.Length + 1)..]);
}
