using Signaling.Tests.Faults.Crowds;
using Signaling.Tests.Faults.Nodes;
using Signaling.Tests.Faults.Regions;
using Signaling.Tests.Hosting;
using Signaling.Tests.Ice;
using Signaling.Lab.Proxies;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Monitoring;

/// <summary>A hub in Seoul and one in Frankfurt with all that they can measure: Redis, a link, a coturn, a certificate, and clients that talk, come, go and report.</summary>
internal sealed class MonitoredHubs : IAsyncDisposable
{
    private const string Room = "calls";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly List<IAsyncDisposable> _ours = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _busy = [];
    private RegionSet _regions = null!;

    private MonitoredHubs()
    {
    }

    public IEnumerable<Uri> Addresses => _regions.Names.Select(AddressOf);

    public static async Task<MonitoredHubs> StartAsync()
    {
        var hubs = new MonitoredHubs();
        try
        {
            await hubs.RunAsync();
            return hubs;
        }
        catch
        {
            await hubs.DisposeAsync();
            throw;
        }
    }

    public Uri AddressOf(string region) => _regions[region].Nodes[0].Address;

    /// <summary>The way of a region's clients to it.</summary>
    public FaultProxy EntryOf(string region) => _regions[region].Entry;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_busy);
        foreach (var one in Enumerable.Reverse(_ours)) await one.DisposeAsync();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("signaling-monitored-");
        _ours.Add(new Removal(folder));
        var coturn = Ours(await CoturnServer.StartAsync());
        _regions = Ours(await RegionSet.StartAsync(new() { Settings = Settings(coturn, TestCertificates.CreateIn(folder)) }));
        var crowd = new CrowdOptions { MessagesPerSecond = 2, Configure = client => client.PingInterval = TimeSpan.FromMilliseconds(300) };
        Ours(await Crowd.StartAsync(i => EntryOf(_regions.Names[i / crowd.Rooms % _regions.Names.Count]).Url, crowd));
        foreach (var region in _regions.Names) _busy.Add(CallAsync(_regions[region].Nodes[0]));
    }

    private static Dictionary<string, string> Settings(CoturnServer coturn, TestCertificates certificates) => new(RegionSetOptions.Quick)
    {
        ["Signaling__Access__Keys__0__Id"] = "first",
        ["Signaling__Access__Keys__0__Secret"] = "0123456789abcdef0123456789abcdef",
        ["Signaling__Access__Keys__0__RotateBy"] = "2099-12-31",
        ["Signaling__Ice__Secrets__0"] = coturn.Secrets[0],
        ["Signaling__Ice__Servers__0__Urls__0"] = coturn.Urls[0],
        ["Signaling__Ice__ProbeInterval"] = "00:00:01",
        ["Signaling__Nodes__Canary"] = "00:00:01",
        ["Kestrel__Certificates__Default__Path"] = certificates.CertificateFile,
        ["Kestrel__Certificates__Default__KeyPath"] = certificates.KeyFile,
    };

    /// <summary>Comes to a region, reports a call with somebody who stays there, and goes; again and again.</summary>
    private async Task CallAsync(Node node)
    {
        await using var callee = await RawClient.JoinAsync(node.HubUrl, Room);
        for (var call = 0; !_stop.IsCancellationRequested; call++)
        {
            await using var caller = await RawClient.JoinAsync(node.HubUrl, Room);
            var local = call % 4 is 0 ? "relay" : "host";
            (await caller.Client.InvokeAsync(
                "ReportConnection",
                $$"""{"room":"{{Room}}","peerId":"{{callee.Id}}","restarts":0,"outcome":"connected","connectedMs":187,"iceSetupMs":75,"localCandidate":"{{local}}","remoteCandidate":"srflx","protocol":"udp"}""")).Succeeded();
            await caller.LeaveAsync();
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    private T Ours<T>(T one) where T : IAsyncDisposable
    {
        _ours.Add(one);
        return one;
    }

    private sealed class Removal(DirectoryInfo folder) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
