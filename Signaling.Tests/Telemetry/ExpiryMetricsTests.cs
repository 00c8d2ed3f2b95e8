using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Hub.Access;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Telemetry;

/// <summary>When certificates and keys end, as a scrape tells it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ExpiryMetricsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signaling-expiry-");
    private readonly DateTimeOffset _today = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    public async Task Certificates_from_files_tell_their_ends_by_their_names_in_the_configuration_and_new_ones_theirs()
    {
        WritePem("default.pem", days: 30);
        WritePkcs12("endpoint.pfx", "secret", days: 60);
        WritePem("sni.pem", days: 90);
        var configuration = new Dictionary<string, string?>
        {
            ["Kestrel:Certificates:Default:Path"] = PathOf("default.pem"),
            ["Kestrel:Certificates:Default:KeyPath"] = PathOf("default.key"),
            ["Kestrel:Endpoints:Https:Certificate:Path"] = PathOf("endpoint.pfx"),
            ["Kestrel:Endpoints:Https:Certificate:Password"] = "secret",
            ["Kestrel:Endpoints:Https:Sni:example.com:Certificate:Path"] = PathOf("sni.pem"),
            ["Kestrel:Endpoints:Https:Sni:example.com:Certificate:KeyPath"] = PathOf("sni.key"),
            ["Kestrel:Endpoints:Other:Certificate:Path"] = PathOf("missing.pfx"),
        };
        await using var hub = await InProcessHub.StartAsync(services: services => services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configuration).Build()));

        var scrape = await Scrape.OfAsync(hub.Address);
        scrape[Certificate("Default")].Should().Be(In(30));
        scrape[Certificate("Https")].Should().Be(In(60));
        scrape[Certificate("Https:example.com")].Should().Be(In(90));
        scrape.Series.Should().NotContain(Certificate("Other"));

        WritePem("default.pem", days: 120);
        File.WriteAllText(PathOf("sni.pem"), "half of a certificate");
        foreach (var file in new[] { "default.pem", "sni.pem" }) File.SetLastWriteTimeUtc(PathOf(file), _today.UtcDateTime);

        scrape = await Scrape.OfAsync(hub.Address);
        scrape[Certificate("Default")].Should().Be(In(120));
        scrape.Series.Should().NotContain(Certificate("Https:example.com"));
    }

    [Test]
    public async Task Keys_with_a_day_tell_it_by_their_ids()
    {
        await using var hub = await InProcessHub.StartAsync(options => options.Access.Keys =
        [
            new KeyOptions { Id = "2029", Secret = new string('a', 32), RotateBy = "2030-01-31" },
            new KeyOptions { Secret = new string('b', 32), RotateBy = "2030-03-02" },
            new KeyOptions { Id = "for-ever", Secret = new string('c', 32) },
        ]);

        var scrape = await Scrape.OfAsync(hub.Address);

        scrape[Key("2029")].Should().Be(In(30));
        scrape[Key("1")].Should().Be(In(60));
        scrape.Series.Should().NotContain(Key("for-ever"));
    }

    [TestCase("2030-02-31")]
    [TestCase("soon")]
    public async Task A_day_that_is_none_ends_the_start(string day)
    {
        var (exitCode, output) = await HubProcess.RunAsync(new Dictionary<string, string>
        {
            ["Signaling__Access__Keys__0__Secret"] = new('a', 32),
            ["Signaling__Access__Keys__0__RotateBy"] = day,
        });

        exitCode.Should().Be(1);
        output.Should().Contain("RotateBy");
    }

    private static string Certificate(string name) => $$"""signaling_certificate_expiry_timestamp_seconds{certificate="{{name}}"}""";

    private static string Key(string id) => $$"""signaling_key_expiry_timestamp_seconds{key="{{id}}"}""";

    private double In(int days) => _today.AddDays(days).ToUnixTimeSeconds();

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);

    private void WritePem(string file, int days)
    {
        using var certificate = Create(days);
        File.WriteAllText(PathOf(file), certificate.ExportCertificatePem());
    }

    private void WritePkcs12(string file, string password, int days)
    {
        using var certificate = Create(days);
        File.WriteAllBytes(PathOf(file), certificate.Export(X509ContentType.Pfx, password));
    }

    private X509Certificate2 Create(int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=signaling.example.com", key, HashAlgorithmName.SHA256).CreateSelfSigned(_today.AddDays(-1), _today.AddDays(days));
    }
}
