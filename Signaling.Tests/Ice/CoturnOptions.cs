namespace Signaling.Tests.Ice;

/// <summary>How a coturn is run.</summary>
internal sealed record CoturnOptions
{
    /// <summary>Those that it checks credentials with (<c>static-auth-secret</c>); several while they are rotated.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = ["0123456789abcdef0123456789abcdef"];

    /// <summary>TLS besides, on a port of its own, with a certificate of an authority of its own.</summary>
    public bool Tls { get; init; }

    /// <summary>Further lines of the configuration file, such as <c>total-quota=1</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}
