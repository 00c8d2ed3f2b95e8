using Microsoft.Extensions.Time.Testing;

namespace Signaling.Tests.Faults.Delivery;

/// <summary>The checker itself: what it must catch, and what it must let pass.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LedgerCheckerTests
{
    private const string Room = "math-101";

    private readonly FakeTimeProvider time = new();
    private readonly Ledger ledger;

    public LedgerCheckerTests()
    {
        ledger = new(time);
        ledger.Joined(Room, "mina", "m1");
        ledger.Joined(Room, "jun", "j1");
        ledger.Joined(Room, "ara", "a1");
        for (var number = 1; number <= 3; number++) Send(number);
        See("mina", "j1", "a1");
        See("jun", "m1", "a1");
        See("ara", "m1", "j1");
    }

    [Test]
    public void All_that_arrived_once_and_in_order_is_clean()
    {
        Receive("jun", 1, 2, 3);
        Receive("ara", 1, 2, 3);

        ledger.Check().Should().BeEquivalentTo(new Verdict([], Owed: 6, Excused: 0));
    }

    [Test]
    public void A_lost_message_is_named_with_its_times()
    {
        Receive("jun", 1, 3);
        Receive("ara", 1, 2, 3);

        Violations().Should().Equal("lost: math-101/mina#2 from m1 to jun (j1), sent at 3.000 s, accepted at 4.000 s, never arrived");
    }

    [Test]
    public void A_doubled_message_is_named()
    {
        Receive("jun", 1, 2, 2, 3);
        Receive("ara", 1, 2, 3);

        Violations().Should().ContainSingle().Which.Should().StartWith("doubled: math-101/mina#2 reached jun 2 times");
    }

    [Test]
    public void Swapped_messages_are_named()
    {
        Receive("jun", 1, 3, 2);
        Receive("ara", 1, 2, 3);

        Violations().Should().ContainSingle().Which.Should().StartWith("swapped: math-101/mina#2 from m1 reached jun").And.Contain("behind math-101/mina#3");
    }

    [Test]
    public void A_message_that_nobody_sent_is_named()
    {
        Receive("jun", 1, 2, 3, 4);
        Receive("ara", 1, 2, 3);

        Violations().Should().Equal("invented: math-101/mina#4 reached jun, but nobody sent it");
    }

    [Test]
    public void A_refused_message_is_not_owed_and_may_arrive_all_the_same()
    {
        ledger.Sent(new(Room, "mina", 4), "m1", ["j1", "a1"]);
        ledger.Refused(new(Room, "mina", 4), "not-in-room");
        Receive("jun", 1, 2, 3, 4);
        Receive("ara", 1, 2, 3);

        Violations().Should().BeEmpty();
    }

    [Test]
    public void A_send_without_an_outcome_is_named()
    {
        ledger.Sent(new(Room, "mina", 4), "m1", ["j1", "a1"]);
        Receive("jun", 1, 2, 3, 4);
        Receive("ara", 1, 2, 3, 4);

        Violations().Should().ContainSingle().Which.Should().StartWith("undecided: math-101/mina#4");
    }

    [Test]
    public void A_ghost_and_a_missing_peer_in_a_roster_are_named()
    {
        Receive("jun", 1, 2, 3);
        Receive("ara", 1, 2, 3);
        See("mina", "j1", "x1");

        Violations().Should().Equal("ghost: mina sees x1 in math-101, who is not there", "missing: mina does not see ara (a1) in math-101");
    }

    [Test]
    public void A_leave_of_a_peer_that_stayed_is_named()
    {
        Receive("jun", 1, 2, 3);
        Receive("ara", 1, 2, 3);
        ledger.SawLeave(Room, "jun", "m1", "disconnected");

        Violations().Should().ContainSingle().Which.Should().EndWith("jun was told that mina (m1) left math-101 (disconnected), but it stayed");
    }

    [Test]
    public void A_rejoin_ends_what_its_old_peer_was_owed_and_nothing_else()
    {
        Receive("ara", 1, 2);
        ledger.Rejoined(Room, "jun", "j1", "j2");
        ledger.SawLeave(Room, "mina", "j1", "disconnected");
        ledger.SawLeave(Room, "ara", "j1", "disconnected");
        See("mina", "j2", "a1");
        See("ara", "m1", "j2");

        var verdict = ledger.Check();

        verdict.Violations.Should().ContainSingle().Which.Should().StartWith("lost: math-101/mina#3 from m1 to ara");
        verdict.Excused.Should().Be(3);
        ledger.Rejoins.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Client = "jun", OldPeer = "j1", NewPeer = "j2" });
    }

    [Test]
    public void A_leave_told_twice_is_named()
    {
        Receive("ara", 1, 2, 3);
        ledger.Left(Room, "jun", "j1");
        See("mina", "a1");
        See("ara", "m1");
        for (var i = 0; i < 2; i++) ledger.SawLeave(Room, "mina", "j1", "left");

        Violations().Should().Equal("false leave: mina was told 2 times that jun (j1) left");
    }

    private IReadOnlyList<string> Violations() => ledger.Check().Violations;

    private void Send(int number)
    {
        time.Advance(TimeSpan.FromSeconds(1));
        ledger.Sent(new(Room, "mina", number), "m1", ["j1", "a1"]);
        time.Advance(TimeSpan.FromSeconds(1));
        ledger.Accepted(new(Room, "mina", number));
    }

    private void Receive(string client, params int[] numbers)
    {
        foreach (var number in numbers) ledger.Received(new(Room, "mina", number), "m1", client);
    }

    private void See(string client, params string[] peers) => ledger.SawRoster(Room, client, peers);
}
