using Signaling.Contracts;

namespace Signaling.Client.Rooms;

/// <summary>The attributes that the app wants this client's peer to have, whatever becomes of connections.</summary>
internal sealed class OwnAttributes(Room room, IReadOnlyDictionary<string, string>? first, TimeProvider time)
{
    private readonly Dictionary<string, string> wanted = first?.ToDictionary(pair => pair.Key, pair => pair.Value) ?? [];

    /// <summary>All of them; <c>null</c> when there are none.</summary>
    public IReadOnlyDictionary<string, string>? Wanted()
    {
        lock (wanted) return wanted.Count > 0 ? new Dictionary<string, string>(wanted) : null;
    }

    public async Task ChangeAsync(IReadOnlyDictionary<string, string?> changes, CancellationToken cancellationToken)
    {
        var keys = changes.Keys.ToArray();
        lock (wanted) Want(changes);
        try
        {
            await Repeat.UntilAnsweredAsync<object?>(
                room,
                time,
                async session =>
                {
                    var update = new AttributesUpdate { Room = room.Id, Attributes = Now(keys) };
                    await session.InvokeAsync(nameof(ISignalingHub.SetAttributes), update, cancellationToken).ConfigureAwait(false);
                    return null;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (SignalingException)
        {
            // What the hub refuses must not come up again with every rejoin.
            lock (wanted) foreach (var key in keys) wanted.Remove(key);
            throw;
        }
    }

    /// <summary>As wanted now, so that a change which had to wait does not undo a later one.</summary>
    private Dictionary<string, string?> Now(IEnumerable<string> keys)
    {
        lock (wanted) return keys.ToDictionary(key => key, key => wanted.TryGetValue(key, out var value) ? value : null);
    }

    private void Want(IReadOnlyDictionary<string, string?> changes)
    {
        foreach (var change in changes)
        {
            if (change.Value is { } value) wanted[change.Key] = value;
            else wanted.Remove(change.Key);
        }
    }
}
