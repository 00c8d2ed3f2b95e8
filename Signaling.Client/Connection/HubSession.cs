using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Client.Regions;
using Signaling.Client.Rooms;
using Signaling.Contracts;

namespace Signaling.Client.Connection;

/// <summary>One connection to the hub, from its start to its end; never reused.</summary>
internal sealed class HubSession : IAsyncDisposable
{
    private readonly TaskCompletionSource<Exception?> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<GoingAway> leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource over = new();
    private readonly HubConnection connection;
    private long pausedUntil;

    public HubSession(Region region, JoinRequest join, string? token, SignalingClientOptions options, RoomRegistry rooms, Action<HubSession> welcomed)
    {
        Region = region;
        var builder = new HubConnectionBuilder().WithUrl(ConnectUrl.WithJoin(region.Hub, join), http => Configure(http, token, options));
        builder.Services.AddSingleton(options.LoggerFactory);
        builder.AddJsonProtocol(json => json.PayloadSerializerOptions = SignalingJson.Options);
        connection = builder.Build();
        connection.Closed += exception =>
        {
            End(exception);
            return Task.CompletedTask;
        };
        connection.On<Welcome>(nameof(ISignalingClient.Welcome), welcome =>
        {
            if (RegionName is null)
            {
                RegionName = welcome.Region;
                welcomed(this);
            }

            rooms.Welcome(this, welcome);
        });
        connection.On<PeerJoined>(nameof(ISignalingClient.PeerJoined), joined => rooms.PeerJoined(this, joined));
        connection.On<PeerLeft>(nameof(ISignalingClient.PeerLeft), left => rooms.PeerLeft(this, left));
        connection.On<PeerUpdated>(nameof(ISignalingClient.PeerUpdated), updated => rooms.PeerUpdated(this, updated));
        connection.On<PeerStateChanged>(nameof(ISignalingClient.PeerStateChanged), changed => rooms.PeerStateChanged(this, changed));
        connection.On<Signal>(nameof(ISignalingClient.Signal), signal => rooms.Signal(this, signal));
        connection.On<Removed>(nameof(ISignalingClient.Removed), removed => rooms.Removed(this, removed));
        connection.On<GoingAway>(nameof(ISignalingClient.GoingAway), notice => { leaving.TrySetResult(notice); });
        ended.Task.ContinueWith(_ => over.Cancel(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Where it leads.</summary>
    public Region Region { get; }

    /// <summary>What the hub calls its region; <c>null</c> before the first welcome.</summary>
    public string? RegionName { get; private set; }

    /// <summary>Completes when the session is over, with the reason if there is one; never faults.</summary>
    public Task<Exception?> Ended => ended.Task;

    /// <summary>Cancelled when the session is over.</summary>
    public CancellationToken Over => over.Token;

    /// <summary>Completes when the node has said that it is about to stop.</summary>
    public Task<GoingAway> GoingAway => leaving.Task;

    /// <summary>Whether its rooms are to move to another connection.</summary>
    public bool IsRetiring => leaving.Task.IsCompleted;

    /// <summary>Until when (milliseconds of the clock) the hub has asked not to send.</summary>
    public long PausedUntil => Interlocked.Read(ref pausedUntil);

    public Task StartAsync(CancellationToken cancellationToken) => connection.StartAsync(cancellationToken);

    public void PauseUntil(long time)
    {
        long known;
        while ((known = PausedUntil) < time && Interlocked.CompareExchange(ref pausedUntil, time, known) != known) { }
    }

    /// <summary>The session is of no use any more, whatever SignalR thinks of it.</summary>
    public void End(Exception? reason) => ended.TrySetResult(reason);

    /// <exception cref="SignalingException">The hub refused.</exception>
    /// <exception cref="ConnectionLostException">The session ended before the hub answered.</exception>
    public Task InvokeAsync(string method, object argument, CancellationToken cancellationToken = default) =>
        MapErrorsAsync(connection.InvokeCoreAsync(method, typeof(object), [argument], cancellationToken), cancellationToken);

    /// <inheritdoc cref="InvokeAsync(string, object, CancellationToken)"/>
    public Task<TResult> InvokeAsync<TResult>(string method, object argument, CancellationToken cancellationToken = default) =>
        MapErrorsAsync(connection.InvokeCoreAsync<TResult>(method, [argument], cancellationToken), cancellationToken);

    /// <summary>Sends without waiting for the hub's answer, and without a word when the session is over.</summary>
    public async Task PostAsync(string method, object argument)
    {
        try
        {
            await connection.SendCoreAsync(method, [argument], CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Ended reports it.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync().ConfigureAwait(false);
        End(null);
    }

    private static void Configure(HttpConnectionOptions http, string? token, SignalingClientOptions options)
    {
        if (!options.Negotiate)
        {
            http.Transports = HttpTransportType.WebSockets;
            http.SkipNegotiation = true;
        }

        if (token is not null) http.AccessTokenProvider = () => Task.FromResult<string?>(token);
        options.ConfigureConnection?.Invoke(http);
    }

    private async Task<TResult> MapErrorsAsync<TResult>(Task<TResult> invocation, CancellationToken cancellationToken)
    {
        try
        {
            return await invocation.ConfigureAwait(false);
        }
        catch (HubException exception)
        {
            throw HubErrors.Wrap(exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or WebSocketException or ObjectDisposedException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ConnectionLostException(exception);
        }
    }
}
