using System.Text.Json;

namespace Signaling.Tests.Lab;

/// <summary>The lab as a process. Its limits are for a quiet machine; on any, the best of many tries shows how often something crosses the sea.</summary>
internal sealed class LabTests
{
    private const double NearestMs = 47;

    [Test]
    public async Task One_command_builds_three_regions_measures_them_and_leaves_nothing_behind()
    {
        var json = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var lab = LabProcess.Start("run", "--quick", "--json", json);
        try
        {
            await lab.SaysAsync("Measuring");
            await lab.RunsAsync(programs: 30);

            (await lab.ExitAsync()).Should().BeOneOf([0, 1], lab.Output);

            var report = JsonElement.Parse(await File.ReadAllTextAsync(json));
            Checks(report, "names").Should().HaveCount(3).And.OnlyContain(check => check.GetProperty("holds").GetBoolean());
            Checks(report, "near").Should().ContainSingle().Which.GetProperty("measured").GetDouble().Should().BeInRange(0.3, 3, "a way over the sea takes a hundred times as long");
            Checks(report, "across").Should().HaveCount(6).And.OnlyContain(check => Crossings(check) >= 1 && Crossings(check) < 1.5);
            Checks(report, "roster").Should().HaveCount(6).And.OnlyContain(check => MedianCrossings(check) > 0.9 && Crossings(check) < 1.5);
            Checks(report, "join").Where(IsTimed).Should().HaveCount(3).And.OnlyContain(check => Best(check) < NearestMs, "joining asks nobody beyond the sea");
            Checks(report, "join").Where(check => !IsTimed(check)).Should().HaveCount(3).And.OnlyContain(check => check.GetProperty("measured").GetDouble() == 0, "welcomes name everyone");
            lab.Output.Should().Contain("Measured against the physical limit");
        }
        finally
        {
            File.Delete(json);
        }

        await GoneAsync(lab);
    }

    [Test]
    public async Task Interrupted_it_takes_everything_down()
    {
        await using var lab = LabProcess.Start("up", "--delay", "seoul-virginia=1s");
        await lab.SaysAsync("Ctrl+C takes everything down");
        await lab.RunsAsync(programs: 30);
        lab.Output.Should().Contain("ip netns exec").And.Contain("192.0.2.1:8080");
        await lab.TypeAsync("cut seoul>frankfurt");
        await lab.SaysAsync("seoul>frankfurt: cut");
        lab.Output.Should().Contain("seoul-virginia: 1000 ms");

        (await lab.InterruptAsync()).Should().Be(0);

        await GoneAsync(lab);
    }

    [Test]
    public async Task What_a_killed_lab_has_left_is_removed_by_the_next()
    {
        await using var killed = LabProcess.Start("up");
        await killed.RunsAsync(programs: 10);
        await killed.KillAsync();
        (await killed.NamespacesAsync()).Should().NotBeEmpty();

        await using var clean = LabProcess.Start("clean");
        (await clean.ExitAsync()).Should().Be(0);

        await GoneAsync(killed);
        clean.Output.Should().Contain("Removed");
    }

    private static async Task GoneAsync(LabProcess lab)
    {
        (await lab.NamespacesAsync()).Should().BeEmpty();
        lab.Folders().Should().BeEmpty();
        await Eventually.TrueAsync(() => lab.Programs().Length is 0, "its programs are gone");
    }

    private static bool IsTimed(JsonElement check) => check.GetProperty("times").ValueKind is JsonValueKind.Object;

    private static double Best(JsonElement check) => check.GetProperty("times").GetProperty("min").GetDouble();

    /// <summary>Of times that begin with what is itself told late on a busy machine, and so may be too short.</summary>
    private static double MedianCrossings(JsonElement check) => check.GetProperty("measured").GetDouble() / check.GetProperty("physical").GetDouble();

    private static double Crossings(JsonElement check) => Best(check) / check.GetProperty("physical").GetDouble();

    private static IReadOnlyList<JsonElement> Checks(JsonElement report, string scenario) =>
        [.. report.GetProperty("checks").EnumerateArray().Where(check => check.GetProperty("scenario").GetString() == scenario)];
}
