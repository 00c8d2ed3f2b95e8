using Signaling.Hub.Operator.Console.Journal;

namespace Signaling.Tests.Operator;

internal sealed class RoomJournalTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void It_keeps_the_last_events_up_to_its_capacity_and_no_more()
    {
        var journal = new RoomJournal(1000);

        for (var i = 0; i < 2500; i++) journal.Add(Event(i % 2 is 0 ? "even" : "odd", i));

        var (events, end) = journal.Of("even", 0, 10_000);
        events.Select(one => one.Peer).Should().Equal(Enumerable.Range(1500, 1000).Where(i => i % 2 is 0).Select(i => $"peer-{i}"));
        end.Should().Be(2500);
    }

    [Test]
    public void A_reading_goes_on_where_the_last_one_has_ended()
    {
        var journal = new RoomJournal();
        journal.Add(Event("room", 0));
        var (_, end) = journal.Of("room", 0, 10);

        journal.Add(Event("other", 1));
        journal.Add(Event("room", 2));

        journal.Of("room", end, 10).Events.Should().ContainSingle().Which.Peer.Should().Be("peer-2");
        journal.Of("room", journal.Of("room", end, 10).End, 10).Events.Should().BeEmpty();
    }

    [Test]
    public void Of_too_many_the_latest_are_told_oldest_first()
    {
        var journal = new RoomJournal();
        for (var i = 0; i < 100; i++) journal.Add(Event("room", i));

        journal.Of("room", 0, 3).Events.Select(one => one.Peer).Should().Equal("peer-97", "peer-98", "peer-99");
    }

    private static RoomEvent Event(string room, int i) => new(Noon.AddSeconds(i), room, RoomEventKind.Joined, $"peer-{i}");
}
