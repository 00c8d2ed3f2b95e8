using Microsoft.Extensions.DependencyInjection;
using Signaling.Contracts;

namespace Signaling.Tests.Browser.Ice;

/// <summary>What pages tell the hub of their calls.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ReportTests : BrowserTest
{
    private readonly RecordedReports _reports = new();

    [Test]
    public async Task Both_ends_report_that_they_are_connected_and_how_and_after_a_restart_the_call_goes_on_and_they_report_again()
    {
        var (mina, jonas) = (await JoinAsync("Mina"), await JoinAsync("Jonas"));
        await Task.WhenAll(mina.SeesMotionOfAsync("Jonas"), jonas.SeesMotionOfAsync("Mina"));
        var first = new[] { await _reports.All.NextAsync(), await _reports.All.NextAsync() };

        first.Select(report => report.PeerId).Should().BeEquivalentTo([await mina.PeerIdAsync(), await jonas.PeerIdAsync()]);
        foreach (var report in first)
        {
            report.Should().BeEquivalentTo(new { Room = "math-101", Outcome = ConnectionOutcome.Connected, Restarts = 0, DtlsState = "connected", Protocol = TransportProtocol.Udp });
            report.IceState.Should().BeOneOf("connected", "completed");
            report.LocalCandidate.Should().BeOneOf(CandidateType.Host, CandidateType.Prflx);
            report.OfferMs.Should().BeLessThanOrEqualTo(report.AnswerMs!.Value);
            report.AnswerMs.Should().BeLessThanOrEqualTo(report.ConnectedMs!.Value);
            report.FirstCandidateMs.Should().BeInRange(0, report.ConnectedMs!.Value);
            report.IceSetupMs.Should().BeInRange(0, report.ConnectedMs.Value);
        }

        var before = (await mina.NegotiatedAsync()).Local;
        await mina.RestartIceAsync();
        await mina.NegotiatedAsync(before);
        await Task.WhenAll(mina.SeesMotionOfAsync("Jonas"), jonas.SeesMotionOfAsync("Mina"));

        new[] { await _reports.All.NextAsync(), await _reports.All.NextAsync() }.Should().OnlyContain(report => report.Outcome == ConnectionOutcome.Connected && report.Restarts == 1);
        (await mina.PathAsync()).Restarts.Should().Be(1);
    }

    [Test]
    public async Task A_network_that_comes_back_has_ICE_restarted()
    {
        var (mina, jonas) = (await JoinAsync("Mina"), await JoinAsync("Jonas"));
        await Task.WhenAll(mina.SeesMotionOfAsync("Jonas"), jonas.SeesMotionOfAsync("Mina"));
        var before = (await mina.NegotiatedAsync()).Local;

        await mina.Page.EvaluateAsync("dispatchEvent(new Event('online'))");

        (await mina.NegotiatedAsync(before)).Offered.Should().BeTrue("who has noticed it restarts");
        await Task.WhenAll(mina.SeesMotionOfAsync("Jonas"), jonas.SeesMotionOfAsync("Mina"));
    }

    protected override void AddServices(IServiceCollection services) => _reports.AddTo(services);
}
