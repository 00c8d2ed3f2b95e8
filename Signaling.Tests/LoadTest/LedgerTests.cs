using Signaling.LoadTest.Accounting;

namespace Signaling.Tests.LoadTest;

[TestFixture]
internal sealed class LedgerTests
{
    private const int A = 1;
    private const int B = 2;

    private static readonly Predicate<int> NobodyLeft = _ => false;

    private Ledger _ledger = null!;

    [SetUp]
    public void Open() => _ledger = new Ledger();

    [Test]
    public void What_arrives_once_leaves_nothing_to_report()
    {
        for (var i = 0; i < 1000; i++) _ledger.Receive(A, B, Accepted()).Should().Be(Arrival.First);

        _ledger.Settle(NobodyLeft).Should().Be(0);
        _ledger.Received.Value.Should().Be(1000);
        _ledger.InFlight.Should().Be(0);
        _ledger.Incidents.Kept.Should().BeEmpty();
    }

    [Test]
    public void A_lost_signal_is_reported_by_its_number()
    {
        for (var i = 1; i <= 200; i++)
        {
            var seq = Accepted();
            if (i is not 130) _ledger.Receive(A, B, seq);
        }

        _ledger.InFlight.Should().Be(1);
        _ledger.Settle(NobodyLeft).Should().Be(0);

        _ledger.Incidents.Kept.Should().Equal(new Incident(Incident.Loss, A, B, 130));
        _ledger.Incidents.Lost.Value.Should().Be(1);
    }

    [Test]
    public void A_doubled_signal_is_reported_for_each_further_arrival_and_received_once()
    {
        var seq = Accepted();

        _ledger.Receive(A, B, seq).Should().Be(Arrival.First);
        _ledger.Receive(A, B, seq).Should().Be(Arrival.Duplicate);
        _ledger.Receive(A, B, seq).Should().Be(Arrival.Duplicate);

        _ledger.Received.Value.Should().Be(1);
        _ledger.Incidents.Duplicated.Value.Should().Be(2);
        _ledger.Incidents.Kept.Should().AllBeEquivalentTo(new Incident(Incident.Duplicate, A, B, seq));
    }

    [Test]
    public void A_refused_signal_is_not_lost()
    {
        _ledger.Refuse(A, B, _ledger.Send(A, B));

        _ledger.Settle(NobodyLeft).Should().Be(0);
        _ledger.Incidents.Lost.Value.Should().Be(0);
        _ledger.InFlight.Should().Be(0);
    }

    [Test]
    public void A_signal_that_the_hub_never_answered_is_lost_while_both_ends_stay()
    {
        _ledger.Send(A, B);

        _ledger.Settle(NobodyLeft).Should().Be(0);
        _ledger.Incidents.Lost.Value.Should().Be(1);
    }

    [Test]
    public void Nobody_can_tell_about_a_signal_whose_receiver_left()
    {
        Accepted();

        _ledger.Settle(session => session is B).Should().Be(1);
        _ledger.Incidents.Lost.Value.Should().Be(0);
    }

    [TestCase(true, 0, 1)]
    [TestCase(false, 1, 0)]
    public void When_its_sender_left_a_signal_is_lost_only_if_the_hub_had_accepted_it(bool accepted, int unaccountable, int lost)
    {
        var seq = _ledger.Send(A, B);
        if (accepted) _ledger.Accept(A, B, seq);

        _ledger.Settle(session => session is A).Should().Be(unaccountable);
        _ledger.Incidents.Lost.Value.Should().Be(lost);
    }

    [Test]
    public void A_signal_behind_a_later_one_is_received_and_noted()
    {
        var (first, second) = (Accepted(), Accepted());

        _ledger.Receive(A, B, second).Should().Be(Arrival.First);
        _ledger.Receive(A, B, first).Should().Be(Arrival.Reordered);

        _ledger.Received.Value.Should().Be(2);
        _ledger.Reordered.Value.Should().Be(1);
    }

    [TestCase(A, B, 2)]
    [TestCase(B, A, 1)]
    [TestCase(A, B, 0)]
    public void A_signal_that_nobody_sent_is_foreign(int sender, int receiver, long seq)
    {
        Accepted();

        _ledger.Receive(sender, receiver, seq).Should().Be(Arrival.Foreign);
        _ledger.Received.Value.Should().Be(0);
        _ledger.Foreign.Value.Should().Be(1);
    }

    private long Accepted()
    {
        var seq = _ledger.Send(A, B);
        _ledger.Accept(A, B, seq);
        return seq;
    }
}
