using Signaling.Tests.Browser.Pages;

namespace Signaling.Tests.Browser;

[TestFixture]
internal sealed class GlareTests : BrowserTest
{
    private const int Rounds = 100;

    [Test]
    public async Task When_both_offer_at_the_same_instant_the_impolite_one_wins_each_time_and_media_flows()
    {
        var gate = new OfferGate(pages: 2);
        var (mina, jonas) = (await JoinThroughAsync(gate, "Mina"), await JoinThroughAsync(gate, "Jonas"));
        await Task.WhenAll(mina.SeesMotionOfAsync("Jonas"), jonas.SeesMotionOfAsync("Mina"));
        var minaIsPolite = string.CompareOrdinal(await mina.PeerIdAsync(), await jonas.PeerIdAsync()) < 0;
        var (ofMina, ofJonas) = (await mina.NegotiatedAsync(), await jonas.NegotiatedAsync());

        for (var round = 1; round <= Rounds; round++)
        {
            var bothOffered = gate.NextRoundAsync();
            await Task.WhenAll(mina.RestartIceAsync(), jonas.RestartIceAsync(), bothOffered);

            var over = await Task.WhenAll(mina.NegotiatedAsync(ofMina.Local), jonas.NegotiatedAsync(ofJonas.Local));
            (ofMina, ofJonas) = (over[0], over[1]);

            (ofMina.Offered, ofJonas.Offered).Should().Be((!minaIsPolite, minaIsPolite), "in round {0} the impolite side's offer wins", round);
            (ofMina.Local, ofMina.Remote).Should().Be((ofJonas.Remote, ofJonas.Local), "in round {0} both ends agree on one negotiation", round);
        }

        await Task.WhenAll(mina.SeesMotionOfAsync("Jonas"), jonas.SeesMotionOfAsync("Mina"));
    }

    private async Task<CallPage> JoinThroughAsync(OfferGate gate, string name)
    {
        var page = await NewPersonAsync();
        await gate.WatchAsync(page);
        return await LobbyOf(page).JoinByLinkAsync(name, "math-101");
    }
}
