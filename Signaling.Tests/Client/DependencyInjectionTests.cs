using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Signaling.Client;
using Signaling.Contracts;

namespace Signaling.Tests.Client;

internal sealed class DependencyInjectionTests : ClientFixture
{
    [Test]
    public async Task One_line_gives_an_app_its_client_which_leaves_when_the_container_is_disposed()
    {
        var provider = new ServiceCollection().AddSignalingClient(Hub.HubUrl.ToString()).BuildServiceProvider();
        var watcher = await Client().JoinRoomAsync("math-101");
        var (joined, left) = (new Observed<RemotePeer>(), new Observed<PeerDeparture>());
        watcher.PeerJoined += joined.Handle;
        watcher.PeerLeft += left.Handle;

        var client = provider.GetRequiredService<SignalingClient>();
        var room = await client.JoinRoomAsync("math-101");

        provider.GetRequiredService<SignalingClient>().Should().BeSameAs(client);
        (await joined.NextAsync()).Id.Should().Be(room.PeerId);
        await provider.DisposeAsync();
        (await left.NextAsync()).Should().BeEquivalentTo(new { Peer = new { Id = room.PeerId }, Reason = LeaveReason.Left });
        client.State.Should().Be(ConnectionState.Closed);
    }

    [Test]
    public async Task A_host_disposes_the_client_as_well()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSignalingClient(Hub.HubUrl.ToString());
        SignalingClient client;

        using (var host = builder.Build())
        {
            client = host.Services.GetRequiredService<SignalingClient>();
            await client.JoinRoomAsync("math-101");
        }

        client.State.Should().Be(ConnectionState.Closed);
    }

    [Test]
    public async Task It_logs_to_the_container_and_runs_on_its_clock_unless_told_otherwise()
    {
        using var loggers = new LoggerFactory();
        using var own = new LoggerFactory();
        var time = new FakeTimeProvider();
        SignalingClientOptions? taken = null, changed = null;
        await using var provider = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(loggers)
            .AddSingleton<TimeProvider>(time)
            .AddSignalingClient("https://example.com/signaling", (_, options) => taken = options)
            .AddKeyedSignalingClient("other", "https://example.com/signaling", (_, options) =>
            {
                options.LoggerFactory = own;
                options.TimeProvider = TimeProvider.System;
                changed = options;
            })
            .BuildServiceProvider();

        provider.GetRequiredService<SignalingClient>();
        provider.GetRequiredKeyedService<SignalingClient>("other");

        taken.Should().BeEquivalentTo(new { LoggerFactory = loggers, TimeProvider = time });
        changed.Should().BeEquivalentTo(new { LoggerFactory = own, TimeProvider = TimeProvider.System });
    }

    [Test]
    public async Task The_options_callback_reaches_the_apps_services()
    {
        var asked = new Observed<string>();
        await using var provider = new ServiceCollection()
            .AddSingleton(asked)
            .AddSignalingClient(Hub.HubUrl.ToString(), (services, options) => options.TokenProvider = async _ =>
            {
                await services.GetRequiredService<Observed<string>>().Handle("a token");
                return null;
            })
            .BuildServiceProvider();

        await provider.GetRequiredService<SignalingClient>().JoinRoomAsync("math-101");

        (await asked.NextAsync()).Should().Be("a token");
    }

    [Test]
    public async Task Clients_of_several_hubs_have_keys()
    {
        await using var provider = new ServiceCollection()
            .AddKeyedSignalingClient("seoul", Hub.HubUrl.ToString())
            .AddKeyedSignalingClient("frankfurt", "https://example.com/signaling")
            .BuildServiceProvider();

        var seoul = provider.GetRequiredKeyedService<SignalingClient>("seoul");

        (await seoul.JoinRoomAsync("math-101")).PeerId.Should().NotBeEmpty();
        provider.GetRequiredKeyedService<SignalingClient>("frankfurt").Should().NotBeSameAs(seoul);
        provider.GetService<SignalingClient>().Should().BeNull();
    }

    [TestCase("/signaling")]
    [TestCase("ftp://example.com/signaling")]
    public void A_url_that_cannot_work_is_refused_when_it_is_registered(string url)
    {
        var add = () => new ServiceCollection().AddSignalingClient(url);

        add.Should().Throw<ArgumentException>();
    }
}
