namespace Signaling.Client.Connection;

/// <summary>A try to connect and join has failed.</summary>
internal sealed class ConnectFailedException : Exception
{
    public ConnectFailedException(string message)
        : base(message)
    {
    }

    public ConnectFailedException(Exception innerException)
        : base(innerException.Message, innerException)
    {
    }
}
