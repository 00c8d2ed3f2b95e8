using Signaling.Client.Events;
using Signaling.Client.Regions;
using Signaling.Client.Rooms;
using Signaling.Contracts;

namespace Signaling.Client.Connection;

/// <summary>Opens connections whose URL joins or resumes a room, and closes them.</summary>
/// <param name="options">How to connect.</param>
/// <param name="rooms">Get what comes over a connection.</param>
/// <param name="background">Closes connections.</param>
/// <param name="welcomed">Told of each connection's first welcome, before its room is.</param>
internal sealed class Connector(SignalingClientOptions options, RoomRegistry rooms, BackgroundTasks background, Action<HubSession> welcomed)
{
    /// <summary>Opens a connection; done when the room's welcome is here.</summary>
    /// <exception cref="ConnectFailedException">It did not come to be, or was cancelled.</exception>
    public async Task<HubSession> ConnectAsync(Region region, Room room, CancellationToken cancelled)
    {
        try
        {
            return await TryAsync(region, room, cancelled).ConfigureAwait(false);
        }
        catch (ConnectFailedException exception) when (HubErrors.Find(exception) is { Code: ErrorCode.ResumeExpired } && room.ForgetGrant())
        {
            // Only the peer is gone; the hub takes a new one.
            return await TryAsync(region, room, cancelled).ConfigureAwait(false);
        }
    }

    /// <summary>Closes a connection; rooms that still live on it are without one.</summary>
    public void Close(HubSession session)
    {
        session.End(null);
        rooms.Disconnected(session);

        // A socket whose network is gone takes its time to close; nobody has to wait for it but disposal.
        background.Run(() => session.DisposeAsync().AsTask());
    }

    private async Task<HubSession> TryAsync(Region region, Room room, CancellationToken cancelled)
    {
        using var timeout = options.TimeProvider.CancelAfter(options.ConnectTimeout);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancelled);
        HubSession? session = null;
        try
        {
            var token = options.TokenProvider is { } provider ? await provider(attempt.Token).ConfigureAwait(false) : null;
            session = new(region, room.JoinRequest(region), token, options, rooms, welcomed);
            await EnterAsync(session, room, attempt.Token).ConfigureAwait(false);
            return session;
        }
        catch (Exception exception)
        {
            if (session is not null) Close(session);
            throw exception is OperationCanceledException && timeout.IsCancellationRequested
                ? new ConnectFailedException($"Connecting took longer than {options.ConnectTimeout.TotalSeconds:0.#} s.")
                : new ConnectFailedException(exception);
        }
    }

    private async Task EnterAsync(HubSession session, Room room, CancellationToken cancellationToken)
    {
        var entry = room.Enter(session) ?? throw new OperationCanceledException("The room was left.");
        await session.StartAsync(cancellationToken).ConfigureAwait(false);
        if (room.MissingAttributes() is { } attributes) _ = session.PostAsync(nameof(ISignalingHub.SetAttributes), attributes);
        await Task.WhenAny(entry.Done, session.Ended).WaitAsync(Timeout.InfiniteTimeSpan, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        if (session.Ended.IsCompleted) throw await session.Ended.ConfigureAwait(false) ?? new ConnectionLostException(null);
    }
}
