namespace Signaling.Tests.Deploy.Coturn;

/// <summary>How a client comes in.</summary>
internal enum Way
{
    Udp,
    Udp6,
    Tcp,
    Tls,
}
