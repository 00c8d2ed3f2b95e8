namespace Signaling.LoadTest.Connections;

/// <summary>Payload bytes of all connections.</summary>
internal sealed class Traffic
{
    private long sent;
    private long received;

    public long Sent => Interlocked.Read(ref sent);

    public long Received => Interlocked.Read(ref received);

    public void AddSent(int bytes) => Interlocked.Add(ref sent, bytes);

    public void AddReceived(int bytes) => Interlocked.Add(ref received, bytes);
}
