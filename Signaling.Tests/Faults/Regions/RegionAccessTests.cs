using System.Text.RegularExpressions;
using Signaling.Hub;
using Signaling.Tests.Faults.Redis;

namespace Signaling.Tests.Faults.Regions;

/// <summary>Hubs that come to the Redis of another region as the user of <c>deploy/redis</c> for them, over TLS.</summary>
internal sealed partial class RegionAccessTests : RegionScenario
{
    [Test]
    public async Task The_deployed_rules_let_regions_do_all_they_do_over_TLS_and_nothing_else_is_tried()
    {
        await StartAsync(new() { Redis = RedisUsers.Options with { Tls = true }, ConnectionSuffix = RedisUsers.Hub, LinkSuffix = RedisUsers.Link });

        Regions.Cut();
        await UntilCutAsync();
        Regions.Heal();
        await UntilWholeAsync();
        await SurviveAsync();

        foreach (var region in Regions.Names) (await Regions[region].Redis!.CliAsync("ACL", "LOG")).Should().BeEmpty("nothing was refused");
    }

    [Test]
    public async Task The_rule_for_other_regions_lets_them_publish_to_nodes_and_neither_read_nor_listen()
    {
        await using var redis = await RedisProcess.StartAsync(RedisUsers.Options);
        string[][] refused =
        [
            ["HGETALL", "signaling:room:{x}"], ["DEL", "signaling:nodes"], ["EVAL", "return 1", "0"], ["PUBLISH", "other", "x"],
            ["SUBSCRIBE", "signaling:Signaling.Hub.Nodes.Messages.NodeHub:connection:x"], ["CONFIG", "GET", "*"],
        ];

        foreach (var command in refused)
        {
            var answer = await redis.Invoking(one => one.CliAsync(["--user", "signaling-link", "--pass", "CHANGE-ME-LINK", "--no-auth-warning", .. command])).Should().ThrowAsync<InvalidOperationException>();
            answer.WithMessage("*NOPERM*");
        }
    }

    [Test]
    public void Every_command_of_the_scripts_is_in_the_hubs_rule()
    {
        var assembly = typeof(SignalingServices).Assembly;
        var scripts = assembly.GetManifestResourceNames().Where(name => name.EndsWith(".lua", StringComparison.Ordinal)).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        });

        scripts.SelectMany(script => Command().Matches(script)).Select(match => match.Value.ToLowerInvariant()).Distinct().Should().BeSubsetOf(RedisUsers.CommandsOf("signaling"));
    }

    [GeneratedRegex(@"(?<=redis\.call\(')[A-Z]+")]
    private static partial Regex Command();
}
