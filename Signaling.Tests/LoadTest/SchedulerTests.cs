using System.Collections.Concurrent;
using Signaling.LoadTest.Scheduling;

namespace Signaling.Tests.LoadTest;

[TestFixture]
internal sealed class SchedulerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Clock _clock = new(TimeProvider.System);

    [Test]
    public async Task Work_runs_in_the_order_in_which_it_is_due_and_is_told_when_it_was()
    {
        using var scheduler = new Scheduler(_clock);
        var seen = new ConcurrentQueue<TimeSpan>();
        var due = Enumerable.Range(1, 50).Select(i => _clock.Now + TimeSpan.FromMilliseconds(100 + i)).ToList();

        foreach (var time in due.AsEnumerable().Reverse()) scheduler.At(time, seen.Enqueue);
        await scheduler.UntilAsync(due[^1]).WaitAsync(Patience);

        seen.Should().Equal(due);
        _clock.Now.Should().BeGreaterThanOrEqualTo(due[^1]);
    }

    [Test]
    public async Task What_is_past_due_runs_at_once_with_its_own_time()
    {
        using var scheduler = new Scheduler(_clock);
        var past = _clock.Now - TimeSpan.FromSeconds(10);
        var told = new TaskCompletionSource<TimeSpan>();

        scheduler.At(past, told.SetResult);

        (await told.Task.WaitAsync(Patience)).Should().Be(past);
    }

    [Test]
    public async Task Work_that_throws_is_not_swallowed()
    {
        using var scheduler = new Scheduler(_clock);

        scheduler.At(_clock.Now, _ => throw new InvalidOperationException("broken"));

        await FluentActions.Awaiting(() => scheduler.Failure.WaitAsync(Patience)).Should().ThrowAsync<InvalidOperationException>();
    }
}
