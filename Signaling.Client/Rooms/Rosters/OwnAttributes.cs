using Signaling.Contracts;

namespace Signaling.Client.Rooms.Rosters;

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
            await SetAsync(keys, cancellationToken).ConfigureAwait(false);
        }
        catch (SignalingException)
        {
            // What the hub refuses must not come up again with every new connection.
            Want(keys, room.Attributes);
            throw;
        }
    }

    /// <summary>Sets what the hub does not have as the app wants it: what was changed while the connection was lost.</summary>
    /// <param name="shown">What it has.</param>
    public async Task RestoreAsync(IReadOnlyDictionary<string, string> shown)
    {
        string[] keys;
        lock (wanted) keys = [.. wanted.Except(shown).Concat(shown.Except(wanted)).Select(pair => pair.Key).Distinct()];
        if (keys.Length == 0) return;
        try
        {
            await SetAsync(keys, CancellationToken.None).ConfigureAwait(false);
        }
        catch (SignalingException)
        {
            // The room is closed, or the one who changed them is told.
        }
    }

    private Task SetAsync(string[] keys, CancellationToken cancellationToken) => Repeat.UntilAnsweredAsync<object?>(
        room,
        time,
        async session =>
        {
            var update = new AttributesUpdate { Room = room.Id, Attributes = Now(keys) };
            await session.InvokeAsync(nameof(ISignalingHub.SetAttributes), update, cancellationToken).ConfigureAwait(false);
            return null;
        },
        cancellationToken);

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

    private void Want(string[] keys, IReadOnlyDictionary<string, string> shown)
    {
        lock (wanted)
        {
            foreach (var key in keys)
            {
                if (shown.TryGetValue(key, out var value)) wanted[key] = value;
                else wanted.Remove(key);
            }
        }
    }
}
