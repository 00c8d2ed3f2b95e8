using Microsoft.Extensions.DependencyInjection;
using Signaling.Hub.Access;
using Signaling.Tests.Faults.Redis;
using Signaling.Tests.Hosting;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Faults.Scenarios;

/// <summary>Hubs whose clocks are wrong, and one whose clock is right, on one Redis.</summary>
internal sealed class ClockTests
{
    private const string Secret = "an-example-secret-of-thirty-two-bytes-or-more";
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(4);

    private RedisProcess _redis = null!;
    private InProcessHub _right = null!;
    private InProcessHub _ahead = null!;
    private InProcessHub _behind = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _redis = await RedisProcess.StartAsync();
        _right = await StartAsync(0);
        _ahead = await StartAsync(90);
        _behind = await StartAsync(-90);
        await Eventually.TrueAsync(async () => (await _redis.CliAsync("SCARD", "signaling:nodes")).EndsWith('3'), "each has its lease");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (var hub in new[] { _right, _ahead, _behind }) await hub.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Test]
    public async Task A_token_that_is_over_by_a_hubs_own_clock_is_expired_and_within_the_leeway_it_is_not()
    {
        var beyond = Mint(_behind, TimeSpan.FromSeconds(45)); // By the right clock it was over 45 s ago.
        var within = Mint(_behind, TimeSpan.FromSeconds(75)); // 15 s ago; 30 s are forgiven.

        (await AnswerAsync(_behind, beyond)).Should().BeNull();
        (await AnswerAsync(_right, beyond)).Should().BeEquivalentTo(new { Code = "token-expired", Action = "retry" });
        (await AnswerAsync(_ahead, beyond)).Should().BeEquivalentTo(new { Code = "token-expired", Action = "retry" });
        (await AnswerAsync(_right, within)).Should().BeNull();
        (await AnswerAsync(_ahead, within)).Should().BeEquivalentTo(new { Code = "token-expired", Action = "retry" });
        (await AnswerAsync(_behind, Mint(_ahead, TimeSpan.FromSeconds(1)))).Should().BeNull("a clock that is behind forgives longer");
    }

    [Test]
    public async Task A_token_whose_time_has_not_begun_by_a_hubs_own_clock_is_not_valid_yet()
    {
        var beyond = From(TimeSpan.FromSeconds(60));
        var within = From(TimeSpan.FromSeconds(15));

        (await AnswerAsync(_ahead, beyond)).Should().BeNull();
        (await AnswerAsync(_right, beyond)).Should().BeEquivalentTo(new { Code = "unauthorized", Action = "give-up", Message = "The token is not valid yet." });
        (await AnswerAsync(_right, within)).Should().BeNull();
        (await AnswerAsync(_behind, within)).Should().BeEquivalentTo(new { Code = "unauthorized", Action = "give-up", Message = "The token is not valid yet." });
    }

    [Test]
    public async Task Joins_signals_leases_and_resume_do_not_care()
    {
        var token = Mint(_right, TimeSpan.FromHours(1));
        await using var watcher = await RawClient.JoinAsync(_right.HubUrl, "clock", token: token);
        await using var first = await RawResume.JoinResumableAsync(_ahead.HubUrl, "clock", token);
        await using var second = await RawResume.JoinResumableAsync(_behind.HubUrl, "clock", token);
        await Task.Delay(Lease * 2, TimeProvider.System);
        (await watcher.RosterIdsAsync()).Should().Equal(watcher.Id, first.Id, second.Id);
        watcher.Client.Inbox.Seen.Should().NotContain(frame => frame.ToString().Contains("PeerStateChanged", StringComparison.Ordinal), "no lease has ended");

        first.Client.Abort();
        await using var moved = await first.ResumeAsync(_behind.HubUrl, token);
        await using var back = await moved.ResumeAsync(_ahead.HubUrl, token);
        back.Id.Should().Be(first.Id);
        (await back.SendDataAsync(second.Id, "1")).Succeeded();
        (await second.SignalAsync()).GetProperty("from").GetString().Should().Be(first.Id);

        var began = TimeProvider.System.GetTimestamp();
        second.Client.Abort();
        (await watcher.Client.MessageAsync("PeerLeft")).GetProperty("reason").GetString().Should().Be("disconnected");
        TimeProvider.System.GetElapsedTime(began).Should().BeGreaterThan(Window * 0.9, "it has its whole time to resume");
        await using var late = await second.TryResumeAsync(_right.HubUrl, token);
        (await late.RefusalAsync())!.Code.Should().Be("resume-expired");
    }

    private Task<InProcessHub> StartAsync(int seconds) => InProcessHub.StartAsync(
        options =>
        {
            options.Redis = _redis.Client().ToString(includePassword: true);
            options.Access.Keys.Add(new KeyOptions { Secret = Secret });
            options.Nodes.Lease = Lease;
            options.Rooms.ResumeWindow = Window;
        },
        "Production",
        services: services => services.AddSingleton<TimeProvider>(new WrongClock(TimeSpan.FromSeconds(seconds))));

    private static string Mint(InProcessHub hub, TimeSpan lifetime) => hub.Services.GetRequiredService<TokenMinter>().Mint("mina", ["*"], lifetime);

    private static string From(TimeSpan from) => new RawToken { Rooms = new[] { "*" }, NotBefore = TimeProvider.System.GetUtcNow() + from }.SignHmac(Secret);

    /// <returns><c>null</c> when the token is good there.</returns>
    private static async Task<RawError?> AnswerAsync(InProcessHub hub, string token)
    {
        await using var client = await RawClient.ConnectAsync(hub.HubUrl, "room=token", token);
        return (await client.AdmissionAsync()).Refusal;
    }

    /// <summary>Its date is wrong; its timers and timestamps are as good as any.</summary>
    private sealed class WrongClock(TimeSpan off) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + off;
    }
}
