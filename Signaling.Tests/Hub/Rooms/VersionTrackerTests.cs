using Signaling.Hub.Rooms.Directory;
using Signaling.Hub.Rooms.Rosters;

namespace Signaling.Tests.Hub.Rooms;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class VersionTrackerTests
{
    private readonly VersionTracker _tracker = new();

    [SetUp]
    public void Read() => _tracker.Read(new("e1", 5));

    [TestCase(new long[] { 6, 7, 8 }, false)]
    [TestCase(new long[] { 7, 6 }, false)]
    [TestCase(new long[] { 8, 7, 6, 3 }, false)]
    [TestCase(new long[] { 7 }, true)]
    [TestCase(new long[] { 6, 8 }, true)]
    public void A_gap_is_a_number_that_is_missing_whatever_the_order(long[] numbers, bool gap)
    {
        foreach (var number in numbers) _tracker.Saw(new("e1", number));

        _tracker.HasGap.Should().Be(gap);
    }

    [Test]
    public void Reading_closes_the_gap_but_not_one_behind_what_was_read()
    {
        foreach (var number in new long[] { 7, 10 }) _tracker.Saw(new("e1", number));

        _tracker.Read(new("e1", 8));

        _tracker.HasGap.Should().BeTrue();
        _tracker.Saw(new("e1", 9));
        _tracker.HasGap.Should().BeFalse();
        _tracker.Known.Should().Be(new RoomVersion("e1", 10));
    }

    [Test]
    public void A_version_that_was_only_heard_of_is_a_gap_until_it_was_read()
    {
        _tracker.HeardOf(new("e1", 6));
        _tracker.HasGap.Should().BeTrue();

        _tracker.Read(new("e1", 6));

        _tracker.HasGap.Should().BeFalse();
    }

    [Test]
    public void What_arrives_before_the_first_reading_counts_after_it()
    {
        var tracker = new VersionTracker();
        tracker.Saw(new("e1", 8));
        tracker.HasGap.Should().BeFalse("there is nothing to miss yet");

        tracker.Read(new("e1", 6));

        tracker.HasGap.Should().BeTrue("7 is missing");
    }

    [Test]
    public void Another_epoch_is_a_gap_until_it_was_read()
    {
        _tracker.Saw(new("e2", 1));
        _tracker.HasGap.Should().BeTrue();

        _tracker.Read(new("e2", 1));

        _tracker.HasGap.Should().BeFalse();
        _tracker.Known.Should().Be(new RoomVersion("e2", 1));
    }
}
