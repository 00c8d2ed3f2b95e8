using Signaling.Client.Connection;
using Signaling.Client.Rooms;
using Signaling.Contracts;

namespace Signaling.Client;

/// <summary>From one connection to the next.</summary>
public sealed partial class Room
{
    /// <summary>Whether this client is in the room over this connection, as the peer that it was before.</summary>
    internal bool IsResumedOver(HubSession session)
    {
        lock (Gate) return Session == session && welcome!.Resumed;
    }

    /// <summary>Begins to join or resume over a connection; only the welcome that this leads to counts.</summary>
    /// <returns><c>null</c> when there is nothing to do: it has begun already, a better one is on its way, or the room is closed.</returns>
    internal RoomEntry? Enter(HubSession session)
    {
        lock (Gate)
        {
            if (ending is not null || session.Ended.IsCompleted || Session == session || entry?.Session == session) return null;
            if (session.IsRetiring && entry is { Session: { IsRetiring: false, Ended.IsCompleted: false } }) return null;
            entry?.End();
            return entry = new(session);
        }
    }

    /// <summary>Completes when this client is in the room over this connection, or does not try to be.</summary>
    internal Task EnteredAsync(HubSession session)
    {
        lock (Gate) return entry is { } current && current.Session == session ? Task.WhenAny(current.Done, session.Ended) : Task.CompletedTask;
    }

    /// <returns><c>false</c> when nobody asked for it.</returns>
    internal bool OnWelcome(HubSession session, Welcome news)
    {
        bool same;
        lock (Gate)
        {
            if (ending is not null) return false;
            if (entry?.Session != session || session.Ended.IsCompleted) return news.Resumed || session.Ended.IsCompleted;
            var (before, old) = (welcome, Session);
            same = before is not null && news.Resumed && news.PeerId == before.PeerId;
            Live(session, news, same);
            if (same) Resume();
            else if (before is not null) Rejoin(before.PeerId);
            else Join();
            entry.End();
            EndAsking();

            // The old peer is nobody's any more.
            if (!same && old is { Ended.IsCompleted: false }) _ = old.PostAsync(nameof(ISignalingHub.Leave), new RoomRequest { Room = Id });
            if (before is not null) background.Run(() => ownAttributes.RestoreAsync(Attributes));
        }

        if (same) Logger.Resumed(Id, news.PeerId);
        else Logger.Joined(Id, news.PeerId);
        pump.Wake();
        return true;
    }

    internal void OnDisconnected(HubSession session)
    {
        lock (Gate)
        {
            if (entry?.Session == session) EndEntry();
            if (Session == session) Detach();
        }
    }

    /// <summary>The hub says that the connection is not in the room.</summary>
    internal void OnForgotten(HubSession session)
    {
        lock (Gate)
        {
            if (Session != session || ending is not null) return;
            Detach();

            // While rooms move, the hub says so because this one has: its welcome is on the way.
            if (session.IsRetiring) return;
            EndEntry();
            grant = null;
        }

        rejoin(this);
    }

    /// <returns>Why the room is to be closed, if it is.</returns>
    internal SignalingException? OnRemoved(HubSession session, Removed removed)
    {
        lock (Gate)
        {
            if (ending is not null || welcome?.PeerId != removed.PeerId || session.Ended.IsCompleted) return null;
            if (removed.Code is ErrorCode.RoomFull) return HubErrors.New(removed.Code, "The room had let in more peers than it holds, and this one had to go.");
            if (session.IsRetiring)
            {
                if (Session == session) Detach();
                return null;
            }

            if ((Session ?? former) != session) return null;
            if (removed.Action is ErrorAction.GiveUp or ErrorAction.Unknown)
            {
                return HubErrors.New(removed.Code, "This client is no longer the peer that it was in the room.");
            }

            if (Session is null) return null;
        }

        OnForgotten(session);
        return null;
    }

    internal void OnSignal(HubSession session, Signal signal)
    {
        lock (Gate)
        {
            // What was on its way over the connection before is for this peer all the same.
            if (ending is not null || (Session != session && former != session)) return;
            if (signal.From is { } from && peers.TryGetValue(from, out var peer)) peer.Receive(signal);
            else Logger.UnknownSender(signal.From, Id);
        }
    }

    private void Live(HubSession session, Welcome news, bool same)
    {
        former = same ? Session ?? former : null;
        (welcome, Session) = (news, session);
        grant = news.Resume is { } resume ? (session.Region with { Name = news.Region }, new() { PeerId = news.PeerId, Token = resume.Token }) : null;
        roster.Replace(news.Roster);
        TakeIce(news.Ice);
        if (joined.Task.IsCompleted) joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
        joined.SetResult(session);
    }

    private void Join()
    {
        SyncPeers();
        foreach (var peer in peers.Values) announcements.Know(peer);
    }

    private void Resume()
    {
        // Rooms that move from a connection that is still up were never gone.
        var wasGone = former is not { IsRetiring: true, Ended.IsCompleted: false };
        announcements.Resumed |= wasGone;
        SyncPeers(reconnected: true);
        if (wasGone) Calls.TellResumed();
    }

    private void Rejoin(string oldPeerId)
    {
        announcements.OldPeerId ??= oldPeerId;
        announcements.Resumed = false;
        formerIds.Add(oldPeerId);
        var reason = HubErrors.New(ErrorCode.NotInRoom, "The connection was lost and the room joined anew; whether the signal had arrived is not known.");
        foreach (var peer in Present.ToArray()) peer.Relink(NewLink(roster.Peers.First(info => info.Id == peer.Id)), reason);
        SyncPeers();
    }

    private void Detach()
    {
        former = Session;
        Session = null;
        lostAt = Time.GetTimestamp();
        joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private void EndEntry()
    {
        entry?.End();
        entry = null;
        EndAsking(new ConnectionLostException(null));
    }
}
