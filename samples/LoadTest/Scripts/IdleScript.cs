using Signaling.LoadTest.Messages;
using Signaling.LoadTest.Peers;

namespace Signaling.LoadTest.Scripts;

/// <summary>Peers join and ping.</summary>
internal sealed class IdleScript : IScript
{
    public void Joined(Session session, TimeSpan now)
    {
    }

    public void Received(Session session, Session from, SignalKind kind, TimeSpan now)
    {
    }

    public void Begin(TimeSpan now)
    {
    }
}
