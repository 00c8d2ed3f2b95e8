using System.Collections.Concurrent;

namespace Signaling.Hub.Sessions;

/// <summary>The client connections of this node that have a session.</summary>
internal sealed class SessionRegistry
{
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    public ICollection<Session> All => _sessions.Values;

    public int Count => _sessions.Count;

    public bool IsEmpty => _sessions.IsEmpty;

    public void Add(Session session) => _sessions[session.ConnectionId] = session;

    public void Remove(Session session) => _sessions.TryRemove(session.ConnectionId, out _);
}
