using Signaling.Lab.Regions;

namespace Signaling.Tests.Lab;

internal sealed class PreciseTimeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly PreciseTime _time = new();

    [OneTimeTearDown]
    public void Stop() => _time.Dispose();

    [Test]
    public async Task A_timer_rings_no_sooner_than_it_is_due_whatever_is_due_before_it()
    {
        var start = _time.GetTimestamp();
        var rings = Enumerable.Range(1, 40).Reverse().Select(i => RingAsync(TimeSpan.FromMilliseconds(i * 1.7), start)).ToArray();

        var early = (await Task.WhenAll(rings)).Where(ring => ring.At < ring.Due);

        early.Should().BeEmpty();
    }

    [Test]
    public async Task Timers_ring_in_the_order_in_which_they_are_due()
    {
        var rung = new List<int>();
        var last = new TaskCompletionSource();
        using var third = _time.CreateTimer(_ => Ring(3), null, TimeSpan.FromMilliseconds(60), Timeout.InfiniteTimeSpan);
        using var first = _time.CreateTimer(_ => Ring(1), null, TimeSpan.FromMilliseconds(20), Timeout.InfiniteTimeSpan);
        using var second = _time.CreateTimer(_ => Ring(2), null, TimeSpan.FromMilliseconds(40), Timeout.InfiniteTimeSpan);

        await last.Task.WaitAsync(Patience);

        rung.Should().Equal(1, 2, 3);

        void Ring(int number)
        {
            rung.Add(number);
            if (number is 3) last.SetResult();
        }
    }

    [Test]
    public async Task A_disposed_timer_never_rings()
    {
        var rang = false;
        var timer = _time.CreateTimer(_ => rang = true, null, TimeSpan.FromMilliseconds(20), Timeout.InfiniteTimeSpan);
        await timer.DisposeAsync();

        await RingAsync(TimeSpan.FromMilliseconds(40), _time.GetTimestamp());

        rang.Should().BeFalse();
    }

    private async Task<(TimeSpan At, TimeSpan Due)> RingAsync(TimeSpan due, long start)
    {
        var ring = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = _time.CreateTimer(_ => ring.SetResult(_time.GetElapsedTime(start)), null, due, Timeout.InfiniteTimeSpan);
        return (await ring.Task.WaitAsync(Patience), due);
    }
}
