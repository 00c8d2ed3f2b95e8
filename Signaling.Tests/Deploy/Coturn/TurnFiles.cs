using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>deploy/coturn, installed into a folder: as it is checked in, but for where the certificate is.</summary>
internal sealed class TurnFiles : IDisposable
{
    private const string Installed = "/etc/signaling-turn";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signaling-turn-");

    public TurnFiles()
    {
        foreach (var name in new[] { "tls", "run" }) _folder.CreateSubdirectory(name);
        foreach (var name in new[] { "turnserver.conf", "start.sh", "site.conf" }) File.Copy(Source(name), PathOf(name));
        Replace("site.conf", Installed, _folder.FullName);
        Write("secrets", Secret);
        Certificate = Renew();
    }

    public string Secret { get; } = NewSecret();

    /// <summary>The one in use, without its key.</summary>
    public X509Certificate2 Certificate { get; private set; }

    /// <summary>What systemd tells the start script.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["CONFIGURATION_DIRECTORY"] = _folder.FullName,
        ["CREDENTIALS_DIRECTORY"] = _folder.FullName,
        ["RUNTIME_DIRECTORY"] = PathOf("run"),
        ["NOTIFY_SOCKET"] = PathOf("notify"),
    };

    public static string Source(string name) => Path.Combine(Repository.Root, "deploy", "coturn", name);

    public static string NewSecret() => RandomNumberGenerator.GetHexString(64);

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Another value for a line of turnserver.conf or site.conf. Nothing happens when there is no such line.</summary>
    public TurnFiles With(string file, string name, string value)
    {
        Write(file, Regex.Replace(File.ReadAllText(PathOf(file)), $"^{Regex.Escape(name)}=.*$", $"{name}={value}", RegexOptions.Multiline));
        return this;
    }

    /// <summary>What an operator has added to site.conf.</summary>
    public TurnFiles Adding(params string[] lines)
    {
        File.AppendAllLines(PathOf("site.conf"), lines);
        return this;
    }

    public TurnFiles Without(string file, string name)
    {
        Write(file, Regex.Replace(File.ReadAllText(PathOf(file)), $"^{Regex.Escape(name)}=.*\n", "", RegexOptions.Multiline));
        return this;
    }

    public TurnFiles WithSecrets(params string[] secrets)
    {
        Write("secrets", string.Join('\n', secrets));
        return this;
    }

    /// <summary>Puts a new certificate in the place of the old one.</summary>
    public X509Certificate2 Renew()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=turn.example.com", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        Write("tls/fullchain.pem", certificate.ExportCertificatePem());
        Write("tls/privkey.pem", key.ExportPkcs8PrivateKeyPem());
        return Certificate = X509CertificateLoader.LoadCertificate(certificate.RawData);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Replace(string file, string old, string replacement) =>
        Write(file, File.ReadAllText(PathOf(file)).Replace(old, replacement, StringComparison.Ordinal));

    private void Write(string file, string text) => File.WriteAllText(PathOf(file), text);
}
