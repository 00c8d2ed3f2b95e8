namespace Signaling.Tests.Ice;

internal sealed class CoturnServerTests
{
    [Test]
    public async Task A_coturn_keeps_its_ports_when_it_is_killed_and_started_again()
    {
        await using var coturn = await CoturnServer.StartAsync(new() { Tls = true });
        var urls = coturn.Urls;
        await coturn.KillAsync();

        await coturn.StartAgainAsync();

        coturn.Urls.Should().Equal(urls).And.HaveCount(3);
    }

    [Test]
    public async Task Several_run_side_by_side()
    {
        await using var first = await CoturnServer.StartAsync();
        await using var second = await CoturnServer.StartAsync();

        second.Port.Should().NotBe(first.Port);
    }
}
