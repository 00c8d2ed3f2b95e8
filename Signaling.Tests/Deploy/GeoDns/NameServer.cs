using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Signaling.Lab.Regions;

namespace Signaling.Tests.Deploy.GeoDns;

/// <summary>A real Knot DNS with the files of <c>deploy/geodns</c> in a folder of its own, and the script that keeps asking the regions.</summary>
internal sealed class NameServer : IAsyncDisposable
{
    private const string Name = "signaling.example.com";
    private const string Resolver = "127.0.0.0/8 EU DE\n"; // Where the tests' questions come from.
    private const int Ports = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signaling-geodns-");
    private readonly bool _geoip;
    private ChildProcess? _watcher;
    private ChildProcess? _knot;
    private int _port;

    private NameServer(bool geoip) => _geoip = geoip;

    /// <summary>What the script has said: which region went down or came up.</summary>
    public string Said => _watcher?.Output ?? "";

    /// <param name="regions">Who says whether a region is ready.</param>
    /// <param name="geoip">Without the module the zone's own records answer, as for a client that no table and no database knows.</param>
    public static async Task<NameServer> StartAsync(FakeRegions regions, bool geoip = true)
    {
        var server = new NameServer(geoip);
        try
        {
            await server.RunAsync(regions);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The addresses for a client of this subnet; for the resolver's own address when there is none.</summary>
    public async Task<Addresses> AskAsync(string? subnet) =>
        new(await KdigAsync([.. Subnet(subnet), "+short", Name, "A"]), await KdigAsync([.. Subnet(subnet), "+short", Name, "AAAA"]));

    /// <summary>All that kdig shows of one answer.</summary>
    public Task<string> ShowAsync(string subnet, string type) => KdigAsync([.. Subnet(subnet), Name, type]);

    /// <summary>Until clients of this subnet are sent there.</summary>
    public async Task SendsAsync(string? subnet, Addresses addresses)
    {
        var last = new Addresses("", "");
        try
        {
            await Eventually.TrueAsync(async () => (last = await AskAsync(subnet)) == addresses, $"{subnet} is sent to {addresses}");
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{subnet} is sent to {last} and not to {addresses}.\n{Said}");
        }
    }

    /// <summary>Runs the script once beside the watcher, as an operator does after a change, and tells its exit code.</summary>
    public async Task<(int Code, string Output)> RenderAsync()
    {
        await using var script = Script("render");
        return (await script.ExitAsync(), script.Output);
    }

    public Task<string> ReadAsync(string file) => File.ReadAllTextAsync(Path.Combine(_folder.FullName, file));

    public Task WriteAsync(string file, string text) => File.WriteAllTextAsync(Path.Combine(_folder.FullName, file), text);

    public async ValueTask DisposeAsync()
    {
        if (_watcher is not null) await _watcher.DisposeAsync();
        if (_knot is not null) await _knot.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string[] Subnet(string? subnet) => subnet is null ? [] : [$"+subnet={subnet}"];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task RunAsync(FakeRegions regions)
    {
        GeoDnsFiles.Write(_folder.FullName, regions.ReadyUrl, Resolver);
        var (code, output) = await RenderAsync();
        code.Should().Be(0, output);
        for (var tries = 0; !await TryStartKnotAsync(); tries++)
        {
            if (tries == Ports) throw new InvalidOperationException($"Knot DNS does not start: {_knot?.Output}");
        }

        _watcher = Script();
    }

    private async Task<bool> TryStartKnotAsync()
    {
        if (_knot is not null) await _knot.DisposeAsync();
        _port = FreePort();
        var configuration = Path.Combine(_folder.FullName, "knot.test.conf");
        var text = (await ReadAsync("knot.conf")).Replace("[ 0.0.0.0@53, ::@53 ]", $"127.0.0.1@{_port}", StringComparison.Ordinal);
        if (!_geoip) text = text.Replace("    module: mod-geoip/signaling\n", "", StringComparison.Ordinal);
        await File.WriteAllTextAsync(configuration, text);

        var listens = new TaskCompletionSource();
        _knot = ChildProcess.Start("/usr/sbin/knotd", ["-c", configuration], onLine: line =>
        {
            if (line.Contains("control, binding to", StringComparison.Ordinal)) listens.TrySetResult();
        });
        await Task.WhenAny(listens.Task, _knot.EndedAsync()).WaitAsync(Patience, TimeProvider.System);
        return !_knot.HasExited && !_knot.Output.Contains("cannot bind", StringComparison.Ordinal);
    }

    private ChildProcess Script(params string[] arguments)
    {
        var environment = new Dictionary<string, string> { ["GEODNS_INTERVAL"] = "0.1", ["GEODNS_PATIENCE"] = "1" };
        return ChildProcess.Start("/bin/sh", [Path.Combine(_folder.FullName, "geodns.sh"), .. arguments], environment);
    }

    private async Task<string> KdigAsync(string[] question)
    {
        var port = _port.ToString(CultureInfo.InvariantCulture);
        await using var kdig = ChildProcess.Start("kdig", ["@127.0.0.1", "-p", port, .. question]);
        await kdig.ExitAsync();
        return kdig.Output.Trim();
    }
}
