namespace Signaling.Hub.Telemetry.Metrics.Expiry;

/// <summary>
/// The certificates that Kestrel's section of the configuration names: <c>Kestrel:Certificates:Default</c>, <c>Kestrel:Endpoints:*:Certificate</c> and
/// <c>Kestrel:Endpoints:*:Sni:*:Certificate</c>.
/// </summary>
internal static class KestrelCertificates
{
    public static IEnumerable<CertificateFile> Of(IConfiguration configuration, string root)
    {
        var kestrel = configuration.GetSection("Kestrel");
        foreach (var named in kestrel.GetSection("Certificates").GetChildren())
        {
            if (File(named, named.Key, root) is { } file) yield return file;
        }

        foreach (var endpoint in kestrel.GetSection("Endpoints").GetChildren())
        {
            if (File(endpoint.GetSection("Certificate"), endpoint.Key, root) is { } file) yield return file;
            foreach (var name in endpoint.GetSection("Sni").GetChildren())
            {
                if (File(name.GetSection("Certificate"), $"{endpoint.Key}:{name.Key}", root) is { } one) yield return one;
            }
        }
    }

    private static CertificateFile? File(IConfigurationSection section, string name, string root) =>
        section["Path"] is { Length: > 0 } path ? new CertificateFile(name, Path.Combine(root, path), section["Password"], isPem: section["KeyPath"] is not null) : null;
}
