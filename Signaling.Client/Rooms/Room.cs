using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Signaling.Client.Rooms.Links;
using Signaling.Client.Telemetry;
using Signaling.Contracts;

namespace Signaling.Client;

/// <summary>
/// A room that this client has joined and stays in, over any number of connections, until <see cref="LeaveAsync"/> or until the hub refuses to let it in
/// again (<see cref="Closed"/>). Members are thread-safe.
/// </summary>
/// <remarks>
/// Handlers of events are awaited one after another; what they throw is logged. Events that happened before a handler was added wait for it. A handler that is slow
/// sees steps merged: a peer that came and went meanwhile, or the older of two updates, is not told of.
/// </remarks>
public sealed partial class Room : IAsyncDisposable
{
    internal static readonly IReadOnlyDictionary<string, string> NoAttributes = new Dictionary<string, string>();

    /// <summary>A peer has joined, and waits for its offer or makes one: who joins offers.</summary>
    public event Func<RemotePeer, Task>? PeerJoined
    {
        add => Add(ref peerJoined, value);
        remove => Remove(ref peerJoined, value);
    }

    /// <summary>A peer has left.</summary>
    public event Func<PeerDeparture, Task>? PeerLeft
    {
        add => Add(ref peerLeft, value);
        remove => Remove(ref peerLeft, value);
    }

    /// <summary>A peer's attributes have changed.</summary>
    public event Func<RemotePeer, Task>? PeerUpdated
    {
        add => Add(ref peerUpdated, value);
        remove => Remove(ref peerUpdated, value);
    }

    /// <summary>A peer's connection is lost, its region cannot be reached, or it is back (<see cref="RemotePeer.State"/>). Calls with it go on.</summary>
    public event Func<RemotePeer, Task>? PeerStateChanged
    {
        add => Add(ref peerStateChanged, value);
        remove => Remove(ref peerStateChanged, value);
    }

    /// <summary>
    /// This client was gone for a moment and is the same peer as before: calls go on, and everything that was sent arrives. Comes after the
    /// <see cref="PeerLeft"/> and <see cref="PeerJoined"/> of those who left and joined meanwhile.
    /// </summary>
    public event Func<RoomResumed, Task>? Resumed
    {
        add => Add(ref resumed, value);
        remove => Remove(ref resumed, value);
    }

    /// <summary>
    /// This client came back too late, or in another region, and is in the room as a new peer. Offer to everyone in <see cref="Peers"/>, as after joining. Comes after the <see cref="PeerLeft"/> and
    /// <see cref="PeerJoined"/> of those who left and joined meanwhile.
    /// </summary>
    public event Func<RoomRejoined, Task>? Rejoined
    {
        add => Add(ref rejoined, value);
        remove => Remove(ref rejoined, value);
    }

    /// <summary>
    /// The ICE servers are other ones: fetched anew before their credentials expired, or brought by a new connection. The connections of negotiators have them
    /// already, where they can (<see cref="IConfigurablePeerConnection"/>).
    /// </summary>
    public event Func<IceServerList, Task>? IceServersChanged
    {
        add => Add(ref iceServersChanged, value);
        remove => Remove(ref iceServersChanged, value);
    }

    /// <summary>This client is out of the room for good.</summary>
    public event Func<RoomClosed, Task>? Closed
    {
        add => Add(ref closed, value);
        remove => Remove(ref closed, value);
    }

    /// <summary>The room's id.</summary>
    public string Id { get; }

    /// <summary>This client's own peer id in the room; another one after a rejoin.</summary>
    public string PeerId => Current.PeerId;

    /// <summary>The other peers, in the order in which they joined.</summary>
    public IReadOnlyList<RemotePeer> Peers
    {
        get
        {
            lock (Gate) return [.. Present];
        }
    }

    /// <summary>This client's own attributes as the others see them.</summary>
    public IReadOnlyDictionary<string, string> Attributes
    {
        get
        {
            lock (Gate) return roster.Peers.FirstOrDefault(peer => peer.Id == PeerId)?.Attributes ?? NoAttributes;
        }
    }

    /// <summary>What the deployment allows.</summary>
    public RoomLimits Limits => Current.Limits;

    /// <summary>The region that holds the connection.</summary>
    public string Region => Current.Region;

    /// <summary>App data that peers send, to this one or to the room; from each peer in its order. Ends when the room is left or closed.</summary>
    /// <remarks>
    /// Holds 256. Until someone reads, the oldest makes way for the newest. A reader that falls that far behind slows the senders down, their offers and
    /// candidates included; of a peer that does not acknowledge (<see cref="RemotePeer.IsReliable"/>), what does not fit is lost. Several readers share the
    /// messages between them.
    /// </remarks>
    public IAsyncEnumerable<RoomMessage> Messages => messages.ReadAllAsync(taken: Taken);

    /// <summary>Sends app data, any JSON value but <c>null</c>, to every other peer of the room. Delivery and errors are those of <see cref="RemotePeer"/>.</summary>
    /// <remarks>While the connection is lost it goes to those who are known to be in the room. A peer that leaves meanwhile is no error.</remarks>
    public Task SendDataAsync(JsonElement data) => SendDataAsync(data, CancellationToken.None);

    /// <inheritdoc cref="SendDataAsync(JsonElement)"/>
    public Task SendDataAsync(JsonElement data, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        NotNull(data);
        lock (Gate)
        {
            ThrowIfClosed();
            var links = peers.Values.ToDictionary(peer => peer.Id, peer => peer.Link);
            return OrCancelledAsync(RoomBroadcast.SendAsync(this, links, data), cancellationToken);
        }
    }

    /// <summary>Sends app data of a type for which the app has source-generated JSON metadata to every other peer of the room.</summary>
    public Task SendDataAsync<T>(T data, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        SendDataAsync(JsonSerializer.SerializeToElement(data, type), cancellationToken);

    /// <summary>
    /// Changes this client's own attributes: keys with <c>null</c> are removed, keys not named stay. Everyone, this client included, is told. Kept over lost
    /// connections and rejoins.
    /// </summary>
    /// <exception cref="SignalingException"><see cref="ErrorCode.InvalidAttributes"/>, or the room is closed.</exception>
    public Task SetAttributesAsync(IReadOnlyDictionary<string, string?> changes, CancellationToken cancellationToken = default) =>
        ownAttributes.ChangeAsync(changes ?? throw new ArgumentNullException(nameof(changes)), cancellationToken);

    /// <summary>Leaves the room; the others see <see cref="LeaveReason.Left"/>. Leaving twice does nothing.</summary>
    public Task LeaveAsync() => leave(this);

    /// <summary>Leaves the room and waits for handlers that still run.</summary>
    public async ValueTask DisposeAsync()
    {
        await LeaveAsync().ConfigureAwait(false);
        await pump.DisposeAsync().ConfigureAwait(false);
    }

    private static RoomMessage Taken(RoomMessage message)
    {
        var traceParent = Spans.Receive("data", message.TraceParent);
        return ReferenceEquals(traceParent, message.TraceParent) ? message : message with { TraceParent = traceParent };
    }

    internal static JsonElement NotNull(JsonElement data) => data.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
        ? throw new ArgumentException("App data is any JSON value but null.", nameof(data))
        : data;
}
