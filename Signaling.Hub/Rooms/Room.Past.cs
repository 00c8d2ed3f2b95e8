namespace Signaling.Hub.Rooms;

/// <summary>Who was here, for what members still have to say of it.</summary>
internal sealed partial class Room
{
    private const int MostRemembered = 256;

    private readonly Queue<string> _left = new();

    /// <summary>Whether a peer is in the room, or left it not long ago.</summary>
    public bool Knows(string peerId)
    {
        lock (_gate) return _members.ContainsKey(peerId) || _left.Contains(peerId);
    }

    private void Remember(string peerId)
    {
        if (_left.Count == MostRemembered) _left.Dequeue();
        _left.Enqueue(peerId);
    }
}
