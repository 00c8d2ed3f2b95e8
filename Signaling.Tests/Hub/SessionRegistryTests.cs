using Microsoft.Extensions.DependencyInjection;
using Signaling.Hub.Sessions;
using Signaling.Tests.Hosting;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Hub;

/// <summary>A drain waits for every session, so none may stay behind.</summary>
internal sealed class SessionRegistryTests
{
    [Test]
    public async Task No_session_outlives_its_connection_not_even_one_that_was_refused()
    {
        await using var hub = await InProcessHub.StartAsync(options => options.Rooms.Capacity = 1);
        var sessions = hub.Services.GetRequiredService<SessionRegistry>();
        var peer = await RawClient.JoinAsync(hub.HubUrl, "math-101");
        sessions.All.Should().ContainSingle();

        await using var refused = await RawClient.ConnectAsync(hub.HubUrl, "room=math-101");
        (await refused.RefusalAsync())!.Code.Should().Be("room-full");
        await Eventually.TrueAsync(() => sessions.All.Count is 1, "the refused one is gone");
        await peer.DisposeAsync();

        await Eventually.TrueAsync(() => sessions.IsEmpty, "all are gone");
    }
}
