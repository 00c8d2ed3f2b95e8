namespace Signaling.Client;

/// <summary>Decides how long to wait before the next try to connect.</summary>
public abstract class ReconnectPolicy
{
    /// <summary>The wait before a try. A longer one asked for by the hub takes precedence.</summary>
    /// <param name="attempt">How many tries have failed since the connection last held; 0 for the first.</param>
    public abstract TimeSpan DelayBefore(int attempt);
}
