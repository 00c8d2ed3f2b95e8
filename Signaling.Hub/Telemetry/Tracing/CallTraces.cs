using System.Diagnostics;
using Signaling.Contracts;
using Signaling.Hub.Sessions;

namespace Signaling.Hub.Telemetry.Tracing;

/// <summary>Traces the calls of clients. Of a signal it tells the kind, never the content.</summary>
internal sealed class CallTraces(Pseudonyms pseudonyms)
{
    /// <summary>Joins or resumes, in a span.</summary>
    public Task JoinAsync(Session session, JoinRequest request, Func<Session, JoinRequest, Task> join) => !Spans.IsOn ? join(session, request) : TraceAsync(
        nameof(ISignalingHub.Join), request.TraceParent, session, request.Room, request.Resume is null ? "join" : "resume", _ => join(session, request));

    /// <summary>Relays a signal, in a span that is its parent from here on.</summary>
    public Task SendAsync(Session session, Signal signal, Func<Signal, Task> relay) => KindOf(signal) is not { } kind ? relay(signal) : TraceAsync(
        nameof(ISignalingHub.Send), signal.TraceParent, session, signal.Room, kind, span => relay(signal.Under(span)));

    private async Task TraceAsync(string method, string? traceParent, Session session, string room, string kind, Func<Activity?, Task> serve)
    {
        using var span = Spans.Serve(method, traceParent);
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

    /// <summary><c>null</c> for a bare acknowledgement, which nobody sent on purpose.</summary>
    private static string? KindOf(Signal signal) => signal switch
    {
        { Description: { } description } => description.Type.ToString().ToLowerInvariant(),
        { Candidates: not null } => "candidates",
        { Data: not null } => "data",
        _ => null,
    };
}
