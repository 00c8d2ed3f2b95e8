using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signaling.Tests.Hosting;

/// <summary>A certificate for 127.0.0.1 and the authority that signed it, made for one test.</summary>
internal sealed class TestCertificates
{
    private readonly string _folder;

    private TestCertificates(string folder) => _folder = folder;

    public string AuthorityFile => Path.Combine(_folder, "authority.pem");

    public string CertificateFile => Path.Combine(_folder, "certificate.pem");

    public string KeyFile => Path.Combine(_folder, "key.pem");

    public static TestCertificates CreateIn(DirectoryInfo folder)
    {
        var certificates = new TestCertificates(folder.FullName);
        var now = TimeProvider.System.GetUtcNow();
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = Authority(authorityKey).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Server(key).Create(authority, now.AddHours(-1), now.AddHours(1), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(certificates.AuthorityFile, authority.ExportCertificatePem());
        File.WriteAllText(certificates.CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(certificates.KeyFile, key.ExportPkcs8PrivateKeyPem());
        return certificates;
    }

    private static CertificateRequest Authority(ECDsa key) => new($"CN=Test authority {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256)
    {
        CertificateExtensions =
        {
            new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true),
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true),
        },
    };

    private static CertificateRequest Server(ECDsa key)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        return new("CN=localhost", key, HashAlgorithmName.SHA256) { CertificateExtensions = { names.Build() } };
    }
}
