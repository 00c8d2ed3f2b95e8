using System.Collections.Concurrent;
using System.Globalization;

namespace Signaling.LoadTest.Peers;

/// <summary>All sessions of the run by number. A session shows its number in its display name, so that a roster tells who is who.</summary>
internal sealed class SessionTable(uint run)
{
    private readonly ConcurrentDictionary<int, Session> sessions = new();
    private readonly string prefix = $"{run:x8}-";
    private int last;

    public uint Run => run;

    public Session Open(Func<int, Session> create)
    {
        var session = create(Interlocked.Increment(ref last));
        sessions[session.Number] = session;
        return session;
    }

    public string NameOf(int number) => prefix + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The session of that name; none for a stranger in the room.</summary>
    public Session? Find(string? name) =>
        name?.StartsWith(prefix, StringComparison.Ordinal) is true
        && int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Find(number)
            : null;

    public Session? Find(int number) => sessions.GetValueOrDefault(number);

    public bool HasEnded(int number) => Find(number) is not { HasEnded: false };

    public int CountJoined() => sessions.Values.Count(session => session.IsJoined);
}
