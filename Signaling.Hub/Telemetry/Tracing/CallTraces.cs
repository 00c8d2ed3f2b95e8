using System.Diagnostics;
using Signaling.Contracts;
using Signaling.Hub.Sessions;

namespace Signaling.Hub.Telemetry.Tracing;

/// <summary>Traces the calls of clients. Of a signal it tells the kind, never the content.</summary>
internal sealed class CallTraces(Sampling sampling, Pseudonyms pseudonyms)
{
    /// <summary>Joins or resumes, in a span.</summary>
    public Task JoinAsync(Session session, JoinRequest request, Func<Session, JoinRequest, Task> join) =>
        sampling.Keeps(request.TraceParent, out var parent) ? TraceAsync(parent, session, request, join) : join(session, request);

    /// <summary>Relays a signal, in a span that is its parent from here on. A bare acknowledgement, which nobody sent on purpose, has none.</summary>
    public Task SendAsync(Session session, Signal signal, Func<Signal, Task> relay) =>
        signal is not { Description: null, Candidates: null, Data: null } && sampling.Keeps(signal.TraceParent, out var parent) ? TraceAsync(parent, session, signal, relay) : relay(signal);

    // Closures are made where the call is traced, and only there.
    private Task TraceAsync(ActivityContext parent, Session session, JoinRequest request, Func<Session, JoinRequest, Task> join) =>
        TraceAsync(nameof(ISignalingHub.Join), parent, session, request.Room, request.Resume is null ? "join" : "resume", _ => join(session, request));

    private Task TraceAsync(ActivityContext parent, Session session, Signal signal, Func<Signal, Task> relay) =>
        TraceAsync(nameof(ISignalingHub.Send), parent, session, signal.Room, KindOf(signal), span => relay(signal.Under(span)));

    private async Task TraceAsync(string method, ActivityContext parent, Session session, string room, string kind, Func<Activity?, Task> serve)
    {
        using var span = Spans.Serve(method, parent);
        if (span is { IsAllDataRequested: true }) Describe(span, session, room, kind);
        try
        {
            await serve(span);
        }
        catch (Exception failure)
        {
            span.Fail(failure);
            throw;
        }
        finally
        {
            // Only now is it known who a peer is that has joined.
            if (span is { IsAllDataRequested: true } && session.Peers.TryGetValue(room, out var peer)) span.SetTag("signaling.peer", pseudonyms.Of(peer.Id));
        }
    }

    private void Describe(Activity span, Session session, string room, string kind)
    {
        span.SetTag("signaling.kind", kind).SetTag("signaling.room", pseudonyms.Of(room));
        if (session.Caller.User is { } user) span.SetTag("user.hash", pseudonyms.Of(user));
    }

    private static string KindOf(Signal signal) => signal switch
    {
        { Description: { } description } => description.Type.ToString().ToLowerInvariant(),
        { Candidates: not null } => "candidates",
        _ => "data",
    };
}
