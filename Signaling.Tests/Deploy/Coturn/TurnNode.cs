using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Signaling.Lab.Routing;
using Signaling.Tests.Deploy.Coturn.Turn;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>A real coturn, started by deploy/coturn/start.sh, in a network of its own in which every address exists that a test asks for.</summary>
internal sealed class TurnNode : IAsyncDisposable
{
    public const int Port = 3478;
    public const int TlsPort = 443;
    public static readonly IPAddress Address = IPAddress.Parse("192.0.2.10");
    public static readonly IPAddress Address6 = IPAddress.Parse("2001:db8:10::10");
    public static readonly IPAddress PrivateAddress = IPAddress.Parse("10.0.0.10");
    public static readonly IPAddress Peer = IPAddress.Parse("203.0.113.20");
    public static readonly IPAddress Peer6 = IPAddress.Parse("2001:db8:30::20");

    private const int Sigusr2 = 12;
    private const int Loopback = 1; // The number of that interface.
    private static readonly IPAddress Client = IPAddress.Parse("198.51.100.7");
    private static readonly IPAddress Client6 = IPAddress.Parse("2001:db8:20::7");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static int _nodes;

    private readonly NetworkNamespace _place;
    private readonly List<IDisposable> _sockets = [];
    private readonly List<TurnClient> _clients = [];
    private ChildProcess? _server;

    private TurnNode(NetworkNamespace place, TurnFiles files) => (_place, Files) = (place, files);

    public TurnFiles Files { get; }

    public ChildProcess Server => _server!;

    /// <param name="files">As they are checked in, unless said otherwise. The node deletes them in the end.</param>
    /// <param name="environment">More of it, for the server.</param>
    public static async Task<TurnNode> StartAsync(TurnFiles? files = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        await NetworkNamespace.SweepAsync();
        var node = new TurnNode(await NetworkNamespace.CreateAsync($"turn-{Interlocked.Increment(ref _nodes)}"), files ?? new TurnFiles());
        try
        {
            foreach (var address in new[] { Address, Address6, PrivateAddress, Client, Client6, Peer, Peer6 }) await node.AddAsync(address);
            await node.RunServerAsync(environment ?? new Dictionary<string, string>());
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    public TurnCredential Credential(string id, string? secret = null, TimeSpan? life = null) => TurnCredential.Of(secret ?? Files.Secret, id, life ?? TimeSpan.FromHours(1));

    /// <summary>A client of its own address and port; nobody's but its own user unless there is a credential.</summary>
    public async Task<TurnClient> ConnectAsync(Way way = Way.Udp, TurnCredential? credential = null, IPAddress? server = null)
    {
        var address = new IPEndPoint(server ?? (way is Way.Udp6 ? Address6 : Address), way is Way.Tls ? TlsPort : Port);
        var socket = await OpenAsync(way is Way.Tcp or Way.Tls ? ProtocolType.Tcp : ProtocolType.Udp, way is Way.Udp6 ? Client6 : Client);
        var client = new TurnClient(await TransportAsync(way, socket, address), credential ?? Credential($"user-{_clients.Count}"));
        _clients.Add(client);
        return client;
    }

    /// <summary>A bare socket of a client, for what a TURN client never says.</summary>
    public Task<Socket> OpenAsync(ProtocolType protocol) => OpenAsync(protocol, Client);

    /// <summary>Whoever listens at this address, which is made one of the machine's own.</summary>
    public async Task<TurnPeer> ListenAsync(IPAddress address)
    {
        var local = address switch
        {
            { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
            { IsIPv6LinkLocal: true } => new IPAddress(address.GetAddressBytes(), Loopback),
            _ => address,
        };
        if (!IPAddress.IsLoopback(local)) await AddAsync(local);
        return new TurnPeer(await OpenAsync(ProtocolType.Udp, local));
    }

    /// <summary>Makes an address one of the machine's own.</summary>
    public async Task AddAsync(IPAddress address)
    {
        var plain = new IPAddress(address.GetAddressBytes()); // Without a scope.
        if (plain.AddressFamily is AddressFamily.InterNetwork)
        {
            await _place.RunAsync("ip", "address", "replace", $"{plain}/32", "dev", "lo");
            return;
        }

        await _place.RunAsync("ip", "address", "replace", $"{plain}/128", "dev", "lo", "nodad");
        await Eventually.TrueAsync(
            async () => (await _place.RunAsync("ip", "-6", "route", "show", "table", "local", $"{plain}")).Length > 0, $"packets to {plain} find their way");
    }

    /// <summary>What a program writes that runs where the node is.</summary>
    public Task<string> RunAsync(string program, params string[] arguments) => _place.RunAsync(program, arguments);

    /// <summary>The server's listening sockets, as <c>udp 192.0.2.10:3478</c>.</summary>
    public async Task<string[]> ListenersAsync() =>
    [
        .. (await _place.RunAsync("ss", "--no-header", "--listening", "--numeric", "--udp", "--tcp")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(column => $"{column[0]} {column[4]}").Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Until it has said so; what it says is read beside the tests.</summary>
    public Task SaysAsync(string text) => Eventually.TrueAsync(() => Server.Output.Contains(text, StringComparison.Ordinal), $"coturn says '{text}'");

    /// <summary>What <c>systemctl reload</c> does.</summary>
    public void Reload() => SendSignal(Server.Id, Sigusr2).Should().Be(0);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync();
        foreach (var socket in _sockets) socket.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        await _place.DisposeAsync();
        Files.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);

    private async Task RunServerAsync(IReadOnlyDictionary<string, string> more)
    {
        using var notify = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        notify.Bind(new UnixDomainSocketEndPoint(Files.PathOf("notify")));
        _server = _place.Start(Files.PathOf("start.sh"), [], Files.Environment.Concat(more).ToDictionary());

        // It tells systemd, as Type=notify wants it.
        var ready = ReadAsync(notify);
        if (await Task.WhenAny(ready, _server.EndedAsync()).WaitAsync(Patience, TimeProvider.System) == ready) (await ready).Should().Contain("READY=1");
        else throw new InvalidOperationException($"coturn does not start: {_server.Output}");

        static async Task<string> ReadAsync(Socket socket)
        {
            var buffer = new byte[1024];
            return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer));
        }
    }

    private async Task<Socket> OpenAsync(ProtocolType protocol, IPAddress local)
    {
        var socket = await _place.OpenSocketAsync(local.AddressFamily, protocol);
        _sockets.Add(socket);
        socket.Bind(new IPEndPoint(local, 0));
        return socket;
    }

    private async Task<TurnTransport> TransportAsync(Way way, Socket socket, IPEndPoint server)
    {
        if (way is Way.Udp or Way.Udp6) return new UdpTransport(socket, server);
        await socket.ConnectAsync(server);
        var stream = new NetworkStream(socket, ownsSocket: true);
        if (way is Way.Tcp) return new StreamTransport(stream);
        var tls = new SslStream(stream);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "turn.example.com",
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == Files.Certificate.GetCertHashString(),
        });
        return new StreamTransport(tls);
    }
}
