using Microsoft.Extensions.DependencyInjection;
using Signaling.Hub.Nodes;
using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Redis;
using Signaling.Tests.Faults.Redis;

namespace Signaling.Tests.Hub.Nodes;

/// <summary>A canary over a real Redis.</summary>
internal sealed class CanaryTests
{
    [Test]
    public async Task It_tells_when_messages_arrive_again_after_Redis_was_away()
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var services = HubServices.Create(options => options.Redis = redis.Client().ToString());
        var (link, backplane, canary) = (services.GetRequiredService<RedisLink>(), services.GetRequiredService<Backplane>(), services.GetRequiredService<Canary>());
        await link.ConnectAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => RegistersAsync(backplane), "the node is subscribed");
        using var stop = new CancellationTokenSource();
        var heard = new SemaphoreSlim(0);
        canary.Heard += () => heard.Release();
        var singing = canary.RunAsync(TimeSpan.FromMilliseconds(250), stop.Token);

        for (var i = 0; i < 2; i++)
        {
            await redis.CliAsync("CLIENT", "KILL", "TYPE", "pubsub");

            (await heard.WaitAsync(TimeSpan.FromSeconds(30))).Should().BeTrue("it is subscribed again");
        }

        await stop.CancelAsync();
        await singing.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    private static async Task<bool> RegistersAsync(Backplane backplane)
    {
        try
        {
            await backplane.RegisterAsync();
            return true;
        }
        catch (Exception failure) when (RedisLink.IsOutage(failure))
        {
            return false; // The connection for subscriptions is not there yet.
        }
    }
}
