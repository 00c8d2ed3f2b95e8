using Signaling.Client.Negotiation;
using Signaling.Contracts;

namespace Signaling.Tests.Client.Negotiation;

[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RemoteCandidatesTests
{
    private readonly NegotiatingSide side = NegotiatingSide.Alone();

    private IEnumerable<string> Added => side.Connection.Added.Select(candidate => candidate.Candidate);

    [Test]
    public async Task Candidates_that_come_before_their_description_are_held_for_it()
    {
        await side.ReceiveAsync(Candidate("u1", 1), Candidate("u1", 2));
        Added.Should().BeEmpty();

        await side.ReceiveAsync(SdpType.Offer, "u1");

        Added.Should().Equal("candidate:1", "candidate:2");
    }

    [Test]
    public async Task Candidates_of_a_description_that_was_replaced_are_dropped()
    {
        await side.ReceiveAsync(SdpType.Offer, "u1");
        await side.ReceiveAsync(SdpType.Offer, "u2");

        await side.ReceiveAsync(Candidate("u1", 1), Candidate("u2", 2));

        Added.Should().Equal("candidate:2");
        side.Errors.Should().BeEmpty();
    }

    [Test]
    public async Task Candidates_of_a_past_description_do_not_take_the_place_of_those_that_come_early()
    {
        await side.ReceiveAsync(SdpType.Offer, "u1");
        await side.ReceiveAsync(SdpType.Offer, "u2");
        await side.ReceiveAsync(Candidate("u3", 3));

        await side.ReceiveAsync([.. Enumerable.Range(0, 300).Select(n => Candidate("u1", n))]);
        await side.ReceiveAsync(SdpType.Offer, "u3");

        Added.Should().Equal("candidate:3");
    }

    [Test]
    public async Task A_candidate_that_tells_its_ufrag_only_in_its_line_is_judged_by_that()
    {
        await side.ReceiveAsync(SdpType.Offer, "u1");
        await side.ReceiveAsync(SdpType.Offer, "u2");

        var (past, present) = ("candidate:1 1 udp 1 ::1 9 typ host ufrag u1", "candidate:2 1 udp 1 ::1 9 typ host ufrag u2");
        await side.ReceiveAsync(new() { Candidate = past }, new IceCandidate { Candidate = present });

        Added.Should().Equal(present);
    }

    [Test]
    public async Task A_candidate_without_ufrag_belongs_to_the_description_that_is_there()
    {
        await side.ReceiveAsync(new IceCandidate { Candidate = "candidate:1" });
        Added.Should().BeEmpty();

        await side.ReceiveAsync(SdpType.Offer, "u1");
        await side.ReceiveAsync(new IceCandidate { Candidate = "candidate:2" });

        Added.Should().Equal("candidate:1", "candidate:2");
    }

    [Test]
    public async Task At_most_256_candidates_are_held_the_newest()
    {
        await side.ReceiveAsync([.. Enumerable.Range(0, 300).Select(n => Candidate("u1", n))]);

        await side.ReceiveAsync(SdpType.Offer, "u1");

        Added.Should().HaveCount(RemoteCandidates.Capacity);
        Added.Last().Should().Be("candidate:299");
    }

    private static IceCandidate Candidate(string ufrag, int n) => new() { Candidate = $"candidate:{n}", UsernameFragment = ufrag };
}
