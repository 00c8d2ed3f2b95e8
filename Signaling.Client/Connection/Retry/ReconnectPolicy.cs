namespace Signaling.Client;

/// <summary>Decides how long to wait before the next try to connect.</summary>
public abstract class ReconnectPolicy
{
    /// <summary>The wait before a try. A longer one asked for by the hub takes precedence.</summary>
    /// <param name="attempt">How many tries have failed since the connection last held; 0 for the first.</param>
    public abstract TimeSpan DelayBefore(int attempt);

    /// <summary>The wait before a try while the hub can still take this client back as the peer that it was; whoever waits too long has to rejoin. By default the same as any other.</summary>
    /// <inheritdoc cref="DelayBefore"/>
    public virtual TimeSpan DelayBeforeResume(int attempt) => DelayBefore(attempt);
}
