using System.Text.Json;
using Signaling.Client;
using Signaling.Tests.Faults.Nodes;

namespace Signaling.Tests.Faults.Scenarios;

/// <summary>An app that does not keep up with its own client.</summary>
internal sealed class SlowAppTests
{
    private const int Messages = 2000;
    private const int Queue = 256; // RemotePeer.Signals and Room.Messages hold as many.
    private const int InFlight = 32; // PROTOCOL.md, the reliable channel.
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(2);

    private Cluster _cluster = null!;
    private SignalingClient _sender = null!;
    private SignalingClient _receiver = null!;
    private Room _from = null!;
    private Room _to = null!;
    private RemotePeer _target = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _cluster = await Cluster.StartAsync();
        await _cluster.ReadyAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _cluster.DisposeAsync();

    [SetUp]
    public async Task JoinAsync()
    {
        (_sender, _receiver) = (new SignalingClient(_cluster.Nodes[0].HubUrl), new SignalingClient(_cluster.Nodes[1].HubUrl));
        var room = TestContext.CurrentContext.Test.MethodName![..30];
        _to = await _receiver.JoinRoomAsync(room);
        _from = await _sender.JoinRoomAsync(room);
        await Eventually.TrueAsync(() => _to.Peers.Count is 1 && _from.Peers.Count is 1, "they see each other");
        _target = _from.Peers.Single();
    }

    [TearDown]
    public async Task LeaveAsync()
    {
        await _sender.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Test]
    public async Task A_reader_that_blocks_slows_the_sender_down_and_gets_all_of_it_once_and_in_order_afterwards()
    {
        var (unblocked, numbers) = (new TaskCompletionSource(), new List<int>());
        var reading = ReadAsync(numbers, unblocked.Task);
        var accepted = 0;
        var sending = SendAsync(_ => accepted++);

        await StandsStillAsync(() => Volatile.Read(ref accepted));
        accepted.Should().BeInRange(Queue, Queue + (2 * InFlight), "more than the queue and what is in flight nobody has to hold");
        sending.IsCompleted.Should().BeFalse();
        unblocked.SetResult();
        await sending;
        await reading;

        numbers.Should().Equal(Enumerable.Range(0, Messages));
    }

    [Test]
    public async Task Without_a_reader_the_newest_messages_are_kept_and_the_sender_goes_on()
    {
        await SendAsync(_ => { });
        await _target.SendOfferAsync("v=0\r\n");
        await foreach (var signal in _to.Peers.Single().Signals) break; // By then all before it has arrived.

        var numbers = new List<int>();
        await ReadAsync(numbers, Task.CompletedTask);

        numbers.Should().Equal(Enumerable.Range(Messages - Queue, Queue));
    }

    [Test]
    public async Task A_handler_that_blocks_holds_back_no_messages_and_sees_the_last_state_once_it_goes_on()
    {
        var (unblocked, seen, states) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        _to.PeerUpdated += async peer =>
        {
            states++;
            await unblocked.Task;
            if (peer.Attributes["n"] == "199") seen.TrySetResult();
        };
        for (var i = 0; i < 200; i++) await _from.SetAttributesAsync(new Dictionary<string, string?> { ["n"] = $"{i}" });
        var numbers = new List<int>();
        var reading = ReadAsync(numbers, Task.CompletedTask);
        await SendAsync(_ => { });
        await reading;

        unblocked.SetResult();
        await seen.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);

        numbers.Should().Equal(Enumerable.Range(0, Messages));
        states.Should().BeLessThanOrEqualTo(3, "steps that it was too slow for are merged, not queued");
    }

    private async Task SendAsync(Action<int> accepted)
    {
        for (var i = 0; i < Messages; i++)
        {
            await _target.SendDataAsync(JsonSerializer.SerializeToElement(i));
            accepted(i);
        }
    }

    /// <summary>Takes one message, handles it until told to go on, and then reads to the last.</summary>
    private async Task ReadAsync(List<int> numbers, Task unblocked)
    {
        await foreach (var message in _to.Messages)
        {
            numbers.Add(message.Data.GetInt32());
            await unblocked;
            if (numbers[^1] == Messages - 1) return;
        }
    }

    private static async Task StandsStillAsync(Func<int> count)
    {
        var (last, since) = (-1, TimeProvider.System.GetTimestamp());
        await Eventually.TrueAsync(
            () =>
            {
                if (last != count()) (last, since) = (count(), TimeProvider.System.GetTimestamp());
                return last > 0 && TimeProvider.System.GetElapsedTime(since) > Still;
            },
            "the sender is held up");
    }
}
