namespace Signaling.Tests.Faults.Delivery;

/// <summary>The identity of one app message: the sender numbers what it sends in a room, to one peer or to all.</summary>
/// <param name="Room">The room's id.</param>
/// <param name="Sender">The client, by a name that stays when its peer id changes.</param>
/// <param name="Number">From 1.</param>
internal readonly record struct Message(string Room, string Sender, int Number)
{
    public override string ToString() => $"{Room}/{Sender}#{Number}";
}
