using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Contracts;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Hub;

[TestFixture]
internal sealed class RoomsTests
{
    [Test]
    public async Task A_room_comes_with_the_first_join_and_goes_with_the_last_leave()
    {
        await using var hub = await InProcessHub.StartAsync();
        await using var connection = Connect(hub);
        var welcomes = new List<Welcome>();
        connection.On<Welcome>(nameof(ISignalingClient.Welcome), welcomes.Add);
        await connection.StartAsync();

        await connection.InvokeAsync(nameof(ISignalingHub.Join), new JoinRequest { Room = "math-101" });
        await connection.InvokeAsync(nameof(ISignalingHub.Leave), new RoomRequest { Room = "math-101" });
        await connection.InvokeAsync(nameof(ISignalingHub.Join), new JoinRequest { Room = "math-101" });

        await Eventually.TrueAsync(() => welcomes.Count == 2, "the client has handed on what came before the completions");
        welcomes.Select(welcome => welcome.Roster.Version).Should().Equal(1, 1);
        welcomes.Select(welcome => welcome.PeerId).Should().OnlyHaveUniqueItems();
    }

    [Test]
    public async Task A_full_room_is_refused_with_its_code_and_takes_another_when_one_leaves()
    {
        await using var hub = await InProcessHub.StartAsync(options => options.Rooms.Capacity = 1);
        await using var first = Connect(hub);
        await using var second = Connect(hub);
        await first.StartAsync();
        await second.StartAsync();
        await first.InvokeAsync(nameof(ISignalingHub.Join), new JoinRequest { Room = "math-101" });

        var join = () => second.InvokeAsync(nameof(ISignalingHub.Join), new JoinRequest { Room = "math-101" });
        (await join.Should().ThrowAsync<HubException>()).WithMessage("*room-full (retry-later): *");
        await first.InvokeAsync(nameof(ISignalingHub.Leave), new RoomRequest { Room = "math-101" });

        await join.Should().NotThrowAsync();
    }

    private static HubConnection Connect(InProcessHub hub) => new HubConnectionBuilder()
        .WithUrl(hub.HubUrl, http => (http.Transports, http.SkipNegotiation) = (HttpTransportType.WebSockets, true))
        .AddJsonProtocol(json => json.PayloadSerializerOptions = SignalingJson.Options)
        .Build();
}
