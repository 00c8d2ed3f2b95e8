using System.Net.WebSockets;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Protocol.Fuzz;

[TestFixture]
internal sealed class FuzzTests
{
    private const int Connections = 500;
    private const int FramesEach = 4;
    private const int AtOnce = 8;

    [TestCase(20251)]
    public async Task Noise_and_mutilated_messages_harm_nobody(int seed)
    {
        await using var hub = await TestHub.StartAsync();
        await using var neighbours = await Neighbours.MoveInAsync(hub);

        await Parallel.ForEachAsync(
            Enumerable.Range(seed, Connections),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (each, _) => await AttackAsync(hub.Url, new Mutation(each)));

        await neighbours.AssertUnharmedAsync();
        hub.Errors.Lines.Should().BeEmpty();
        await using var late = await RawClient.JoinAsync(hub.Url, "fuzz");
        late.Welcome.GetProperty("roster").GetProperty("peers").GetArrayLength().Should().BeLessThan(50);
    }

    private static async Task AttackAsync(Uri hub, Mutation mutation)
    {
        await using var client = mutation.Chance(90)
            ? await RawClient.ConnectAsync(hub, mutation.Chance(50) ? "room=fuzz-url" : "")
            : await RawClient.OpenAsync(hub);
        for (var frame = 0; frame < FramesEach; frame++)
        {
            var (bytes, type) = mutation.Chance(20)
                ? (mutation.Noise(), mutation.Chance(50) ? WebSocketMessageType.Binary : WebSocketMessageType.Text)
                : (mutation.Message(), WebSocketMessageType.Text);
            await client.TrySendAsync(bytes, type);
        }

        await client.TrySendAsync("""{"type":1,"invocationId":"last","target":"Ping","arguments":[{}]}"""u8.ToArray().Append((byte)0x1e).ToArray());
        client.Inbox.Seen.Should().NotContain(frame => frame.GetRawText().Contains(" internal ("), "nothing surprises the hub");
    }
}
