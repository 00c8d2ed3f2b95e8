using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signaling.Hub.Telemetry.Metrics.Expiry;

/// <summary>A certificate on disk, which may be replaced at any time.</summary>
/// <param name="name">In the configuration.</param>
/// <param name="path">Of the file.</param>
/// <param name="password">Of a PKCS #12 file, if it has one.</param>
/// <param name="isPem">Whether its key is in another file; else it is PKCS #12.</param>
internal sealed class CertificateFile(string name, string path, string? password, bool isPem)
{
    private (DateTime Written, DateTimeOffset? End)? _known;

    public string Name => name;

    /// <summary>When it ends; <c>null</c> while it cannot be read.</summary>
    public DateTimeOffset? NotAfter()
    {
        var written = File.GetLastWriteTimeUtc(path); // A fixed day when there is none.
        if (_known is not { } known || known.Written != written) _known = known = (written, Read());
        return known.End;
    }

    private DateTimeOffset? Read()
    {
        try
        {
            using var certificate = isPem ? X509CertificateLoader.LoadCertificateFromFile(path) : X509CertificateLoader.LoadPkcs12FromFile(path, password);
            return certificate.NotAfter;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return null; // Kestrel says why.
        }
    }
}
