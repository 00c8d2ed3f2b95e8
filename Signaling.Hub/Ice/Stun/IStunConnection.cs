using Signaling.Hub.Ice.Stun.Messages;

namespace Signaling.Hub.Ice.Stun;

/// <summary>A way to one STUN or TURN server.</summary>
internal interface IStunConnection : IAsyncDisposable
{
    /// <summary>Sends a request and waits for its answer, a success or an error. Other messages, and what is none, are passed over.</summary>
    Task<StunMessage> AskAsync(StunRequest request, CancellationToken cancellationToken);
}
