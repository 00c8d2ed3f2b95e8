using Signaling.Client;
using Signaling.Contracts;

namespace Signaling.Tests.Client;

internal sealed class SendingTests : ClientFixture
{
    private const string Sdp = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n";

    [Test]
    public async Task Descriptions_and_candidates_arrive_in_the_order_in_which_they_were_sent()
    {
        var (sender, receiver) = await PairAsync();

        _ = sender.SendOfferAsync(Sdp);
        for (var i = 0; i < 20; i++) _ = sender.SendCandidatesAsync([new() { Candidate = $"candidate:{i}", SdpMid = "0" }]);
        await sender.SendAnswerAsync(Sdp);

        var signals = new List<Signal>();
        await foreach (var signal in receiver.Signals)
        {
            signals.Add(signal);
            if (signal.Description?.Type is SdpType.Answer) break;
        }

        signals[0].Description!.Type.Should().Be(SdpType.Offer);
        signals.SelectMany(signal => signal.Candidates ?? []).Select(candidate => candidate.Candidate)
            .Should().Equal(Enumerable.Range(0, 20).Select(i => $"candidate:{i}"));
        signals.Count.Should().BeLessThan(22, "candidates that gather while others are on their way go out together");
    }

    [Test]
    public async Task Data_to_the_room_reaches_each_peer_once()
    {
        var rooms = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Client().JoinRoomAsync("math-101")));
        foreach (var room in rooms) await AllPresentAsync(room, 2);

        for (var i = 0; i < 100; i++) await rooms[0].SendDataAsync(Json($"{{\"n\":{i}}}"));

        foreach (var room in rooms[1..])
        {
            var messages = await room.Messages.TakeAsync(100);
            messages.Select(message => message.Data.GetProperty("n").GetInt32()).Should().Equal(Enumerable.Range(0, 100));
            messages.Should().OnlyContain(message => message.From.Id == rooms[0].PeerId);
        }
    }

    [Test]
    public async Task Data_to_the_room_and_to_one_peer_keep_their_order()
    {
        var (sender, receiver) = await PairAsync();

        for (var i = 0; i < 200; i++) _ = i % 3 == 0 ? sender.SendDataAsync(Json($"{i}")) : SenderRoom.SendDataAsync(Json($"{i}"));

        var numbers = (await ReceiverRoom.Messages.TakeAsync(200)).Select(message => message.Data.GetInt32());
        numbers.Should().Equal(Enumerable.Range(0, 200));
        receiver.Id.Should().Be(SenderRoom.PeerId);
    }

    [Test]
    public async Task A_slow_reader_loses_nothing_and_slows_the_sender_down()
    {
        var (sender, _) = await PairAsync();
        await using var reader = ReceiverRoom.Messages.GetAsyncEnumerator();
        _ = sender.SendDataAsync(Json("0"));
        await reader.MoveNextAsync();

        var sends = Enumerable.Range(1, 1_000).Select(i => sender.SendDataAsync(Json($"{i}"))).ToArray();
        await Task.WhenAny(sends[255], Task.WhenAll(sends));
        sends.Should().Contain(send => !send.IsCompleted, "256 are queued here, 32 are in flight, and the rest waits at the sender");

        for (var i = 1; i <= 1_000; i++)
        {
            (await reader.MoveNextAsync()).Should().BeTrue();
            reader.Current.Data.GetInt32().Should().Be(i);
        }

        await Task.WhenAll(sends);
    }

    [Test]
    public async Task Without_a_reader_the_oldest_messages_make_way()
    {
        var (sender, _) = await PairAsync();

        for (var i = 0; i < 300; i++) await sender.SendDataAsync(Json($"{i}"));
        await sender.SendOfferAsync(Sdp);
        await (await PeerOfReceiverAsync()).Signals.TakeAsync(1);

        (await ReceiverRoom.Messages.TakeAsync(1))[0].Data.GetInt32().Should().Be(300 - 256);
    }

    [Test]
    public async Task A_signal_over_64_KiB_is_refused_before_it_is_sent()
    {
        var (sender, _) = await PairAsync();

        var send = () => sender.SendOfferAsync("v=0" + new string('x', SignalingLimits.MaxMessageBytes));

        (await send.Should().ThrowAsync<SignalingException>()).Which.Code.Should().Be(ErrorCode.MessageTooLarge);
    }

    [Test]
    public async Task A_signal_that_the_hub_refuses_throws_and_later_ones_arrive()
    {
        var (sender, receiver) = await PairAsync();

        var send = () => sender.SendOfferAsync("not SDP");

        (await send.Should().ThrowAsync<SignalingException>()).Which.Code.Should().Be(ErrorCode.InvalidSignal);
        await sender.SendOfferAsync(Sdp);
        (await receiver.Signals.TakeAsync(1))[0].Description!.Sdp.Should().Be(Sdp);
    }

    [Test]
    public async Task Sending_to_a_peer_that_has_left_says_so()
    {
        var (sender, _) = await PairAsync();
        var left = new Observed<PeerDeparture>();
        SenderRoom.PeerLeft += left.Handle;
        await ReceiverRoom.LeaveAsync();
        await left.NextAsync();

        var send = () => sender.SendDataAsync(Json("1"));

        (await send.Should().ThrowAsync<SignalingException>()).Which.Code.Should().Be(ErrorCode.PeerNotInRoom);
    }

    [Test]
    public async Task Sending_faster_than_the_hub_allows_loses_nothing()
    {
        var (sender, _) = await PairAsync();

        var sends = Enumerable.Range(0, 600).Select(i => sender.SendDataAsync(Json($"{i}"))).ToArray();

        var numbers = (await ReceiverRoom.Messages.TakeAsync(600)).Select(message => message.Data.GetInt32());
        numbers.Should().Equal(Enumerable.Range(0, 600));
        await Task.WhenAll(sends);
    }

    private Room SenderRoom { get; set; } = null!;

    private Room ReceiverRoom { get; set; } = null!;

    private static async Task AllPresentAsync(Room room, int others)
    {
        var joined = new Observed<RemotePeer>();
        room.PeerJoined += joined.Handle;
        while (room.Peers.Count < others) await joined.NextAsync();
    }

    private async Task<(RemotePeer ToReceiver, RemotePeer ToSender)> PairAsync()
    {
        ReceiverRoom = await Client().JoinRoomAsync("math-101");
        SenderRoom = await Client().JoinRoomAsync("math-101");
        return (SenderRoom.Peers.Single(), await PeerOfReceiverAsync());
    }

    private async Task<RemotePeer> PeerOfReceiverAsync()
    {
        await AllPresentAsync(ReceiverRoom, 1);
        return ReceiverRoom.Peers.Single();
    }
}
