using Microsoft.Extensions.Options;
using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Rooms;
using Signaling.Hub.Rooms.Rosters;

namespace Signaling.Hub.Regions;

/// <summary>
/// Regions let peers in without asking each other, and together may let in more than a room holds. Then the last ones by <see cref="JoiningOrder"/> leave, each at
/// the hand of its own node: the rule is the same everywhere, so that nobody has to ask.
/// </summary>
internal sealed class SeatRule : IDisposable
{
    // A peer that leaves just now, in another region, may have made the place.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly NodeInbox _inbox;
    private readonly RoomRegistry _rooms;
    private readonly Membership _membership;
    private readonly BackgroundWork _background;
    private readonly TimeProvider _time;
    private readonly int _capacity;

    public SeatRule(NodeInbox inbox, RoomRegistry rooms, Membership membership, BackgroundWork background, IOptions<SignalingOptions> options, TimeProvider time)
    {
        (_inbox, _rooms, _membership, _background, _time, _capacity) = (inbox, rooms, membership, background, time, options.Value.Rooms.Capacity);
        _inbox.FarNewsArrived += Check;
    }

    /// <summary>Looks whether the room has more peers than it holds, now and in a moment.</summary>
    public void Check(Room room)
    {
        if (room.Beyond(_capacity).Count > 0) _background.Run(() => SettleAsync(room));
    }

    public void Dispose() => _inbox.FarNewsArrived -= Check;

    private async Task SettleAsync(Room room)
    {
        using var hold = _rooms.Take(room.Id);
        await Task.Delay(Patience, _time, _background.Stopping);
        foreach (var peer in room.Beyond(_capacity)) await _membership.SendAwayAsync(peer);
    }
}
