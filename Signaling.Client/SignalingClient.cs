using Microsoft.Extensions.Logging;
using Signaling.Client.Channel;
using Signaling.Client.Connection;
using Signaling.Client.Connection.State;
using Signaling.Client.Events;
using Signaling.Client.Regions;
using Signaling.Client.Rooms;
using Signaling.Contracts;

namespace Signaling.Client;

/// <summary>
/// A client of the signaling hub. It connects when a room is joined, and stays connected, over lost sockets and hubs that restart, until it is disposed.
/// Members are thread-safe.
/// </summary>
/// <example>
/// <code>
/// await using var client = new SignalingClient("https://example.com/signaling");
/// await using var room = await client.JoinRoomAsync("math-101");
/// </code>
/// </example>
public sealed class SignalingClient : IAsyncDisposable
{
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(2);

    private readonly SignalingClientOptions options;
    private readonly BackgroundTasks background = new();
    private readonly RoomRegistry rooms = new();
    private readonly ChannelCounts repairs = new();
    private readonly StateTracker state;
    private readonly RegionTracker region;
    private readonly RegionGuide regions;
    private readonly ConnectionLoop connection;
    private readonly EventPump pump;
    private readonly ILogger logger;

    /// <summary>A client of the hub at a URL, with the default options.</summary>
    /// <param name="url">Absolute, such as <c>https://example.com/signaling</c>.</param>
    public SignalingClient(string url)
        : this(url, new SignalingClientOptions())
    {
    }

    /// <inheritdoc cref="SignalingClient(string)"/>
    public SignalingClient(Uri url)
        : this(url, new SignalingClientOptions())
    {
    }

    /// <summary>A client of the hub at a URL.</summary>
    /// <param name="url">Absolute, such as <c>https://example.com/signaling</c>.</param>
    /// <param name="options">How to connect.</param>
    public SignalingClient(string url, SignalingClientOptions options)
        : this(new Uri(url ?? throw new ArgumentNullException(nameof(url)), UriKind.RelativeOrAbsolute), options)
    {
    }

    /// <inheritdoc cref="SignalingClient(string, SignalingClientOptions)"/>
    public SignalingClient(Uri url, SignalingClientOptions options)
        : this(options ?? throw new ArgumentNullException(nameof(options)), RegionMap.Of(url ?? throw new ArgumentNullException(nameof(url)), options))
    {
    }

    /// <summary>
    /// A client of a service of several regions: it connects to the nearest one that is ready, to the next when that fails, and goes back
    /// (<see cref="SignalingClientOptions.ReturnToNearest"/>).
    /// </summary>
    /// <param name="regions">The regions in any order; at least one.</param>
    /// <param name="options">How to connect.</param>
    /// <exception cref="ArgumentException">There is none, or a URL is not absolute, or neither http nor https.</exception>
    public SignalingClient(IReadOnlyList<RegionInfo> regions, SignalingClientOptions options)
        : this(options ?? throw new ArgumentNullException(nameof(options)), RegionMap.Of(regions ?? throw new ArgumentNullException(nameof(regions)), options))
    {
    }

    /// <summary>The same with the default options.</summary>
    /// <inheritdoc cref="SignalingClient(IReadOnlyList{RegionInfo}, SignalingClientOptions)"/>
    public SignalingClient(IReadOnlyList<RegionInfo> regions)
        : this(regions, new SignalingClientOptions())
    {
    }

    private SignalingClient(SignalingClientOptions options, RegionMap map)
    {
        this.options = options;
        logger = options.LoggerFactory.CreateLogger<SignalingClient>();
        state = new(logger);
        region = new(logger);
        regions = new(map, options);
        pump = new(NextEvent, options.EventContext, logger);
        connection = new(regions, options, rooms, state, region, repairs, pump.Wake, background);
    }

    /// <summary>
    /// The connection has changed its state, or a try has failed. Handlers are awaited one after another; what they throw is logged. Behind handlers that
    /// take very long, the oldest of more than 32 changes are forgotten.
    /// </summary>
    public event Func<ConnectionStateChange, Task>? StateChanged;

    /// <summary>The client is connected to another region than before; raised for the first one too. Handled as <see cref="StateChanged"/> is; behind slow handlers, steps are merged.</summary>
    public event Func<RegionChange, Task>? RegionChanged;

    /// <summary>Where the connection stands.</summary>
    public ConnectionState State => state.Current;

    /// <summary>The last measured time to the hub and back; <c>null</c> before the first ping is answered.</summary>
    public TimeSpan? RoundTrip => connection.RoundTrip;

    /// <summary>The region that the client is connected to, or was last; <c>null</c> before the first connection.</summary>
    public RegionInfo? Region => region.Current;

    /// <summary>
    /// The nearest region that took connections when the regions were last measured, else <see cref="Region"/>: what to remember for
    /// <see cref="SignalingClientOptions.PreferredRegion"/> of the next run.
    /// </summary>
    public RegionInfo? NearestRegion => regions.Nearest is { Name: { } name } nearest ? nearest.ToInfo(name) : Region;

    /// <summary>The rooms that this client is in, or is about to be in again.</summary>
    public IReadOnlyList<Room> Rooms => [.. rooms.All.Where(room => room.WasJoined)];

    /// <summary>Joins a room, connecting first when needed. Where the hub cannot be reached it tries again until cancelled.</summary>
    /// <param name="room">The room's id, <c>[A-Za-z0-9_-]{1,64}</c>. It comes into being with its first peer.</param>
    /// <param name="join">Name and attributes to join with.</param>
    /// <param name="cancellationToken">Gives the join up.</param>
    /// <returns>The room; it stays joined until it is left or disposed.</returns>
    /// <exception cref="SignalingException">The hub refused: trying the same again is of no use (<see cref="SignalingException.Action"/> tells; a full room is refused too).</exception>
    /// <exception cref="OperationCanceledException">The join was given up.</exception>
    /// <exception cref="ObjectDisposedException">The client is disposed.</exception>
    public async Task<Room> JoinRoomAsync(string room, JoinOptions? join = null, CancellationToken cancellationToken = default)
    {
        if (!SignalingIds.IsValid(room)) throw HubErrors.New(ErrorCode.InvalidRoom, "A room id matches [A-Za-z0-9_-]{1,64}.");
        cancellationToken.ThrowIfCancellationRequested();
        var joining = new Room(room, join ?? new(), options, repairs, background, LeaveAsync, connection.Rejoin);
        rooms.Add(joining);
        try
        {
            connection.Join(joining);
            await joining.Joined.WaitAsync(Timeout.InfiniteTimeSpan, options.TimeProvider, cancellationToken).ConfigureAwait(false);
            return joining;
        }
        catch
        {
            await joining.LeaveAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Tells that the network may have changed: the device woke up, the app came to the foreground, Wi-Fi gave way to mobile data. The connection is probed at once and replaced at once
    /// when it is dead; a wait for the next try ends.
    /// </summary>
    public void NotifyNetworkChanged() => connection.NetworkChanged();

    /// <summary>Leaves all rooms, closes the connection and waits for handlers that still run.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(rooms.All.Select(LeaveAsync)).ConfigureAwait(false);
        await connection.StopAsync().ConfigureAwait(false);
        await background.WhenAllAsync().ConfigureAwait(false);
        regions.Dispose();
        state.Change(ConnectionState.Closed);
        pump.Wake();
        await pump.DisposeAsync().ConfigureAwait(false);
    }

    private async Task LeaveAsync(Room room)
    {
        if (!rooms.Remove(room)) return;
        var session = room.Session;
        room.Close(null);
        if (session is not null) await TellAsync(session, room).ConfigureAwait(false);
        connection.RoomLeft();
    }

    /// <summary>The others should see that this client left, not that it vanished; but leaving never fails.</summary>
    private async Task TellAsync(HubSession session, Room room)
    {
        using var timeout = options.TimeProvider.CancelAfter(LeaveTimeout);
        try
        {
            await session.InvokeAsync(nameof(ISignalingHub.Leave), new RoomRequest { Room = room.Id }, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SignalingException or ConnectionLostException or OperationCanceledException)
        {
            logger.LeaveUntold(exception, room.Id);
        }
    }

    private Func<Task>? NextEvent() => state.Next() is not { } change ? NextRegion()
        : StateChanged is { } handlers ? Handlers.Call(handlers, change, logger)
        : () => Task.CompletedTask;

    private Func<Task>? NextRegion() => region.Next() is not { } change ? null
        : RegionChanged is { } handlers ? Handlers.Call(handlers, change, logger)
        : () => Task.CompletedTask;
}
