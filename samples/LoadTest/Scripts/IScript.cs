using Signaling.LoadTest.Messages;
using Signaling.LoadTest.Peers;

namespace Signaling.LoadTest.Scripts;

/// <summary>What peers do once they are in their rooms.</summary>
internal interface IScript
{
    /// <summary>A peer has its welcome.</summary>
    void Joined(Session session, TimeSpan now);

    /// <summary>A signal has arrived for the first time.</summary>
    void Received(Session session, Session from, SignalKind kind, TimeSpan now);

    /// <summary>Every peer has joined or given up.</summary>
    void Begin(TimeSpan now);
}
