using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Client;
using Signaling.Contracts;
using Signaling.Tests.Browser.Ice;
using Signaling.Tests.Browser.Plain;

namespace Signaling.Tests.Browser.Driven;

/// <summary>The .NET client negotiates a real connection with browsers.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class DrivenConnectionTests : BrowserTest
{
    private const int Rounds = 10;

    private readonly List<Exception> _errors = [];
    private readonly RecordedReports _reports = new();

    [Test]
    public async Task It_opens_a_data_channel_with_our_JavaScript_client_and_restarts_ICE()
    {
        var mina = OtherEnd.Of(await JoinAsync("Mina"));
        await TalksAndRestartsAsync(mina);
    }

    [Test]
    public async Task It_opens_a_data_channel_with_a_plain_page_and_restarts_ICE()
    {
        var page = await NewPersonAsync();
        await new PlainPage(page, Hub.Address).JoinAsync("math-101", "Plain");
        await TalksAndRestartsAsync(OtherEnd.OfPlain(page));
    }

    [Test]
    public async Task Both_restart_ICE_at_the_same_time_again_and_again_and_still_talk()
    {
        var mina = OtherEnd.Of(await JoinAsync("Mina"));
        await using var client = new SignalingClient(Hub.HubUrl);
        var (connection, negotiator) = await ConnectAsync(client, mina);
        await using var _ = negotiator;

        for (var round = 0; round < Rounds; round++)
        {
            var before = await mina.NegotiatedAsync();
            await Task.WhenAll(negotiator.RestartIceAsync(), mina.RestartIceAsync());
            await mina.NegotiatedAsync(before);
        }

        await TalkAsync(connection, mina, "after the glare");
        _errors.Should().BeEmpty();
    }

    protected override void AddServices(IServiceCollection services) => _reports.AddTo(services);

    protected override void Map(WebApplication app)
    {
        base.Map(app);
        PlainPage.Serve(app);
        DrivenConnection.Serve(app);
    }

    private async Task TalksAndRestartsAsync(OtherEnd other)
    {
        await using var client = new SignalingClient(Hub.HubUrl);
        var (connection, negotiator) = await ConnectAsync(client, other);
        await using var _ = negotiator;
        await TalkAsync(connection, other, "hello");
        var before = await other.NegotiatedAsync();

        await negotiator.RestartIceAsync();

        await other.NegotiatedAsync(before);
        await TalkAsync(connection, other, "hello again");
        var report = await _reports.All.NextAsync(report => report.PeerId != client.Rooms[0].PeerId && report.Restarts == 1);
        report.Should().BeEquivalentTo(new { Outcome = ConnectionOutcome.Connected, DtlsState = "connected", Protocol = TransportProtocol.Udp });
        report.IceState.Should().BeOneOf("connected", "completed");
        negotiator.IceRestarts.Should().Be(1);
        _errors.Should().BeEmpty();
    }

    private async Task<(DrivenConnection Connection, PerfectNegotiator Negotiator)> ConnectAsync(SignalingClient client, OtherEnd other)
    {
        var connection = await DrivenConnection.OpenAsync(await NewPersonAsync(), Hub.Address);
        var room = await client.JoinRoomAsync("math-101");
        var negotiator = new PerfectNegotiator(room.Peers.Single(), connection, new()
        {
            OnError = error =>
            {
                lock (_errors) _errors.Add(error);
                return Task.CompletedTask;
            },
        });
        await other.ListenAsync();
        await connection.OpenChannelAsync();
        return (connection, negotiator);
    }

    private static async Task TalkAsync(DrivenConnection connection, OtherEnd other, string text)
    {
        await connection.SayAsync($"{text} from .NET");
        await other.HearsAsync($"{text} from .NET");
        await other.SayAsync($"{text} from the browser");
        await connection.HearsAsync($"{text} from the browser");
    }
}
