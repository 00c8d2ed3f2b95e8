namespace Signaling.LoadTest.Peers;

/// <summary>The other peers of a room as one session's roster shows them.</summary>
internal sealed class Roommates
{
    private readonly Lock gate = new();
    private readonly List<Session> present = [];

    public void Add(Session mate)
    {
        lock (gate) present.Add(mate);
    }

    public void Remove(string? peerId)
    {
        lock (gate) present.RemoveAll(mate => mate.PeerId == peerId);
    }

    public Session[] All()
    {
        lock (gate) return [.. present];
    }

    public Session? PickOne()
    {
        lock (gate) return present.Count is 0 ? null : present[Random.Shared.Next(present.Count)];
    }
}
