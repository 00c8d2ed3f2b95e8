using Microsoft.AspNetCore.SignalR;

namespace Signaling.Hub.Operator.Console;

/// <summary>Bounds how much is watched at once: each stream asks every node of every region.</summary>
internal sealed class StreamPlaces
{
    public const int MostOfConsole = 8;

    public const int MostOfNode = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private int _all;

    /// <returns>The place, to be given back.</returns>
    /// <exception cref="HubException">There is none.</exception>
    public IDisposable Take(string connection)
    {
        lock (_gate)
        {
            var taken = _taken.GetValueOrDefault(connection);
            if (taken >= MostOfConsole) throw new HubException($"A console has at most {MostOfConsole} streams at once.");
            if (_all >= MostOfNode) throw new HubException($"A node has at most {MostOfNode} streams of consoles at once.");
            (_taken[connection], _all) = (taken + 1, _all + 1);
            return new Place(this, connection);
        }
    }

    private void Return(string connection)
    {
        lock (_gate)
        {
            _all--;
            if (--_taken[connection] is 0) _taken.Remove(connection);
        }
    }

    private sealed class Place(StreamPlaces places, string connection) : IDisposable
    {
        public void Dispose() => places.Return(connection);
    }
}
