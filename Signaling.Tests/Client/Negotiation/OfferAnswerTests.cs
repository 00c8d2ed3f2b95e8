using Signaling.Client;
using Signaling.Contracts;

namespace Signaling.Tests.Client.Negotiation;

internal sealed class OfferAnswerTests
{
    [Test]
    public async Task In_every_interleaving_of_two_sides_that_offer_whenever_they_like_both_end_up_stable_with_what_each_wanted()
    {
        await Task.Run(() => Parallel.For(0, 5_000, seed =>
        {
            var random = new Random(~seed);
            var candidates = random.Next(4);
            var interleaving = Interleaving.Seeded(seed);
            var (polite, impolite) = NegotiatingSide.Pair(interleaving.StepAsync, candidates);
            for (var i = random.Next(1, 6); i > 0; i--) _ = NeedAsync(interleaving, random.Next(2) == 0 ? polite : impolite, restart: random.Next(4) == 0);

            interleaving.Run();

            foreach (var side in new[] { polite, impolite })
            {
                side.Errors.Should().BeEmpty("seed {0}", seed);
                side.Connection.SignalingState.Should().Be(PeerSignalingState.Stable, "seed {0}", seed);
                side.Connection.IsNegotiated.Should().BeTrue("seed {0}", seed);
            }

            impolite.Connection.Yielded.Should().Be(0, "the impolite side's offer wins with seed {0}", seed);
            polite.Connection.RemoteDescription.Should().Be(impolite.Connection.LocalDescription, "seed {0}", seed);
            impolite.Connection.RemoteDescription.Should().Be(polite.Connection.LocalDescription, "seed {0}", seed);
            CandidatesOfNow(polite, impolite).Should().Be(candidates, "seed {0}", seed);
            CandidatesOfNow(impolite, polite).Should().Be(candidates, "seed {0}", seed);
        }));
    }

    [Test]
    public async Task When_both_offer_at_the_same_instant_the_impolite_side_wins_and_what_the_polite_one_wanted_follows()
    {
        var lockstep = Interleaving.InOrder();
        var (polite, impolite) = NegotiatingSide.Pair(lockstep.StepAsync);

        await Task.Run(() =>
        {
            polite.Connection.Need();
            impolite.Connection.Need();
            lockstep.Run();
        });

        impolite.Described.Should().Equal(SdpType.Offer, SdpType.Answer);
        polite.Described.Should().Equal(SdpType.Offer, SdpType.Answer, SdpType.Offer);
        (polite.Connection.Yielded, impolite.Connection.Yielded).Should().Be((1, 0));
        (polite.Connection.IsNegotiated, impolite.Connection.IsNegotiated).Should().Be((true, true));
    }

    [Test]
    public async Task An_answer_to_an_offer_that_is_no_longer_there_is_ignored()
    {
        var side = NegotiatingSide.Alone();

        await side.ReceiveAsync(SdpType.Answer, "u1");

        side.Errors.Should().BeEmpty();
        side.Connection.RemoteDescription.Should().BeNull();
    }

    [Test]
    public async Task The_rollback_of_an_offer_that_is_not_there_leaves_the_way_free()
    {
        var side = NegotiatingSide.Alone();
        await side.ReceiveAsync(SdpType.Rollback);

        side.Connection.Need();

        side.Errors.Should().BeEmpty();
        side.Described.Should().Equal(SdpType.Offer);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_offer_whose_answer_could_not_be_made_keeps_out_neither_the_next_nor_our_own(bool polite)
    {
        var side = NegotiatingSide.Alone(polite);
        side.Connection.FailsToDescribe = new InvalidOperationException("No codec.");
        await side.ReceiveAsync(SdpType.Offer, "u1");
        side.Connection.Need();
        side.Errors.Should().ContainSingle();

        await side.ReceiveAsync(SdpType.Offer, "u2");

        side.Errors.Should().ContainSingle();
        side.Described.Should().Equal(SdpType.Answer, SdpType.Offer);
    }

    [Test]
    public async Task A_need_that_is_told_while_an_offer_is_open_is_met_when_it_is_answered()
    {
        var side = NegotiatingSide.Alone();
        side.Connection.Need();
        side.Connection.NeedOnce();
        side.Described.Should().Equal(SdpType.Offer);

        await side.ReceiveAsync(SdpType.Answer, "u1");

        side.Described.Should().Equal(SdpType.Offer, SdpType.Offer);
    }

    [Test]
    public async Task A_description_that_cannot_be_applied_is_told_and_the_next_one_is_applied()
    {
        var side = NegotiatingSide.Alone();
        side.Connection.Fails = new InvalidOperationException("No SDP.");

        await side.ReceiveAsync(SdpType.Offer, "u1");
        await side.ReceiveAsync(SdpType.Offer, "u2");

        side.Errors.Should().ContainSingle().Which.Message.Should().Be("No SDP.");
        side.Described.Should().Equal(SdpType.Answer);
    }

    [Test]
    public async Task A_bad_candidate_is_told_and_does_not_keep_the_others_out()
    {
        var side = NegotiatingSide.Alone();
        await side.ReceiveAsync(SdpType.Offer, "u1");
        side.Connection.Fails = new InvalidOperationException("Unparsable.");

        await side.ReceiveAsync(new() { Candidate = "bad" }, new IceCandidate { Candidate = "good" });

        side.Errors.Should().ContainSingle();
        side.Connection.Added.Should().ContainSingle().Which.Candidate.Should().Be("good");
    }

    private static async Task NeedAsync(Interleaving interleaving, NegotiatingSide side, bool restart)
    {
        await interleaving.StepAsync();
        if (restart) await side.Connection.RestartIceAsync();
        else side.Connection.Need();
    }

    /// <summary>How many of the candidates that count have arrived.</summary>
    private static int CandidatesOfNow(NegotiatingSide to, NegotiatingSide from) =>
        to.Connection.Added.Count(added => added.UsernameFragment == FakePeerConnection.UfragOf(from.Connection.LocalDescription));
}
