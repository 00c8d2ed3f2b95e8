using System.Diagnostics;
using System.Text.Json;
using Signaling.Client;
using Signaling.Contracts;

namespace Signaling.Tests.Client.Tracing;

/// <summary>Two clients at a hub that makes no spans.</summary>
internal sealed class ClientTraceTests : ClientFixture
{
    private const string Sdp = "v=0\r\n";

    private readonly List<Activity> _ended = [];

    [Test]
    public async Task Sending_is_the_child_of_what_the_app_does_and_does_not_take_its_place()
    {
        using var listener = Listen();
        using var app = new Activity("app").SetIdFormat(ActivityIdFormat.W3C).Start();
        var (sender, receiver) = await PairAsync();

        await sender.SendOfferAsync(Sdp);

        Activity.Current.Should().BeSameAs(app);
        var span = Ended("send offer").Single();
        (span.Kind, span.ParentId, span.Status).Should().Be((ActivityKind.Producer, app.Id, ActivityStatusCode.Unset));
        Ended("join").Should().HaveCount(2).And.OnlyContain(join => join.Kind == ActivityKind.Client && join.ParentId == app.Id);
        var arrived = await receiver.Signals.FirstAsync();
        var receive = Ended("receive offer").Single();
        (receive.Kind, receive.ParentId).Should().Be((ActivityKind.Consumer, span.Id));
        arrived.TraceParent.Should().Be(receive.Id);
    }

    [Test]
    public async Task An_answer_that_the_app_makes_later_continues_the_trace_of_the_offer()
    {
        using var listener = Listen();
        var (sender, receiver) = await PairAsync();
        await sender.SendOfferAsync(Sdp);
        await receiver.Signals.FirstAsync();

        await receiver.SendAnswerAsync(Sdp);

        Ended("send answer").Single().ParentId.Should().Be(Ended("receive offer").Single().Id);
    }

    [Test]
    public async Task Without_a_listener_an_answer_still_goes_on_in_the_trace_of_an_offer_that_is_in_one()
    {
        var (sender, receiver) = await PairAsync();
        using var app = new Activity("app").SetIdFormat(ActivityIdFormat.W3C).Start();
        await sender.SendOfferAsync(Sdp);
        (await receiver.Signals.FirstAsync()).TraceParent.Should().Be(app.Id);
        Activity.Current = null;

        await receiver.SendAnswerAsync(Sdp);

        (await sender.Signals.FirstAsync()).TraceParent.Should().Be(app.Id);
    }

    [Test]
    public async Task Data_to_the_room_is_one_span_whoever_gets_it()
    {
        using var listener = Listen();
        await PairAsync();
        var third = await Client().JoinRoomAsync("math-101");
        await Eventually.TrueAsync(() => SenderRoom.Peers.Count is 2, "all are there");

        await SenderRoom.SendDataAsync(Json("1"));

        var span = Ended("send data").Single();
        foreach (var room in new[] { ReceiverRoom, third })
        {
            var message = (await room.Messages.TakeAsync(1)).Single();
            Ended("receive data").Should().Contain(receive => receive.ParentId == span.Id && receive.Id == message.TraceParent);
        }
    }

    [Test]
    public async Task A_send_that_fails_says_why()
    {
        using var listener = Listen();
        var (sender, _) = await PairAsync();

        await sender.Invoking(peer => peer.SendDataAsync(JsonSerializer.SerializeToElement(new string('x', SignalingLimits.MaxMessageBytes)))).Should().ThrowAsync<SignalingException>();
        await sender.Invoking(peer => peer.SendOfferAsync(Sdp, new CancellationToken(canceled: true))).Should().ThrowAsync<OperationCanceledException>();

        var tooLarge = Ended("send data").Single();
        (tooLarge.Status, tooLarge.GetTagItem("error.type")).Should().Be((ActivityStatusCode.Error, "MessageTooLarge"));
        Ended("send offer").Single().Status.Should().Be(ActivityStatusCode.Error);
    }

    private Room SenderRoom { get; set; } = null!;

    private Room ReceiverRoom { get; set; } = null!;

    private async Task<(RemotePeer Sender, RemotePeer Receiver)> PairAsync()
    {
        SenderRoom = await Client().JoinRoomAsync("math-101");
        ReceiverRoom = await Client().JoinRoomAsync("math-101");
        await Eventually.TrueAsync(() => SenderRoom.Peers.Count is 1, "they see each other");
        return (SenderRoom.Peers[0], ReceiverRoom.Peers[0]);
    }

    private ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SignalingClientTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (_ended) _ended.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private Activity[] Ended(string name)
    {
        lock (_ended) return [.. _ended.Where(activity => activity.OperationName == name)];
    }
}
