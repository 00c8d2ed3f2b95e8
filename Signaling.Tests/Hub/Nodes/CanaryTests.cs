using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Signaling.Hub;
using Signaling.Hub.Nodes;
using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Redis;
using Signaling.Hub.Rooms;
using Signaling.Hub.Rooms.Directory;
using Signaling.Tests.Faults.Redis;

namespace Signaling.Tests.Hub.Nodes;

/// <summary>A canary over a real Redis.</summary>
internal sealed class CanaryTests
{
    [Test]
    public async Task It_tells_when_messages_arrive_again_after_Redis_was_away()
    {
        await using var redis = await RedisProcess.StartAsync();
        var options = Options.Create(new SignalingOptions { Redis = redis.Client().ToString() });
        await using var link = new RedisLink(new RedisSettings(options), NullLoggerFactory.Instance, TimeProvider.System);
        await using var background = new BackgroundWork(NullLogger<BackgroundWork>.Instance);
        var names = new NodeNames();
        var rooms = new RoomRegistry(names, TimeProvider.System);
        var inbox = new NodeInbox(rooms, new RoomRepair(rooms, new RedisRoomDirectory(link), background, TimeProvider.System));
        using var backplane = new Backplane(link, names, inbox, new NodeProtocol(), NullLoggerFactory.Instance);
        var canary = new Canary(link, backplane, inbox, names, TimeProvider.System, NullLogger<Canary>.Instance);
        await link.ConnectAsync(CancellationToken.None);
        await backplane.RegisterAsync();
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
}
