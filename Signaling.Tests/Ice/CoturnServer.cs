using System.Net;
using System.Net.Sockets;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Ice;

/// <summary>A real coturn (<c>turnserver</c>) on 127.0.0.1: UDP and TCP on one port that the system picks once and that stays, TLS on another.</summary>
internal sealed class CoturnServer : IAsyncDisposable
{
    private const int Ports = 5;
    private const string PortTaken = "Address already in use";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromMilliseconds(200);

    // RFC 8489 §5: a Binding request without attributes.
    private static readonly byte[] BindingRequest = [0x00, 0x01, 0x00, 0x00, 0x21, 0x12, 0xa4, 0x42, .. "is it there?"u8];

    private readonly CoturnOptions _options;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signaling-coturn-");
    private readonly TestCertificates? _certificates;
    private ChildProcess? _process;

    private CoturnServer(CoturnOptions options)
    {
        _options = options;
        _certificates = options.Tls ? TestCertificates.CreateIn(_folder) : null;
    }

    /// <summary>Of UDP and TCP.</summary>
    public int Port { get; private set; }

    /// <summary>Of TLS; 0 without.</summary>
    public int TlsPort { get; private set; }

    public IReadOnlyList<string> Secrets => _options.Secrets;

    /// <summary>The authority that a client of TLS has to trust, as a PEM file; a child process takes it from <c>SSL_CERT_FILE</c>.</summary>
    public string? AuthorityFile => _certificates?.AuthorityFile;

    /// <summary><c>turn:</c> over UDP and TCP and, where there is TLS, <c>turns:</c>.</summary>
    public IReadOnlyList<string> Urls =>
        [$"turn:127.0.0.1:{Port}?transport=udp", $"turn:127.0.0.1:{Port}?transport=tcp", .. TlsPort == 0 ? (string[])[] : [$"turns:127.0.0.1:{TlsPort}?transport=tcp"]];

    /// <summary>Everything that the running or last process has written.</summary>
    public string Output => _process?.Output ?? "";

    /// <summary>Starts one and waits until it answers.</summary>
    public static async Task<CoturnServer> StartAsync(CoturnOptions? options = null)
    {
        var coturn = new CoturnServer(options ?? new());
        try
        {
            for (var tries = Ports; ; tries--)
            {
                (coturn.Port, coturn.TlsPort) = (FreePort(), coturn._options.Tls ? FreePort() : 0);
                if (await coturn.TryStartAsync()) return coturn;
                if (tries == 1) throw coturn.DoesNotStart();
            }
        }
        catch
        {
            await coturn.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it after <see cref="KillAsync"/>, with the same ports.</summary>
    public async Task StartAgainAsync()
    {
        if (!await TryStartAsync()) throw DoesNotStart();
    }

    /// <inheritdoc cref="ChildProcess.KillAsync"/>
    public Task KillAsync() => Process.KillAsync();

    /// <inheritdoc cref="ChildProcess.Freeze"/>
    public void Freeze() => Process.Freeze();

    public void Thaw() => Process.Thaw();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private InvalidOperationException DoesNotStart() => new($"turnserver does not start: {Output}");

    private ChildProcess Process => _process ?? throw new InvalidOperationException("It was never started.");

    private async Task<bool> TryStartAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        var configuration = Path.Combine(_folder.FullName, "turnserver.conf");
        await File.WriteAllLinesAsync(configuration, Configure());
        _process = ChildProcess.Start("turnserver", ["-c", configuration]);
        var (time, began) = (TimeProvider.System, TimeProvider.System.GetTimestamp());
        while (!_process.HasExited && !Output.Contains(PortTaken, StringComparison.Ordinal) && time.GetElapsedTime(began) < Patience)
        {
            if (await AnswersAsync()) return true;
        }

        return false;
    }

    private IEnumerable<string> Configure() =>
    [
        $"listening-port={Port}", "listening-ip=127.0.0.1", "relay-ip=127.0.0.1", "allow-loopback-peers", "no-cli", "no-dtls", "no-rfc5780",
        "log-file=stdout", "simple-log", "verbose", $"pidfile={Path.Combine(_folder.FullName, "pid")}", $"userdb={Path.Combine(_folder.FullName, "turndb")}",
        "realm=signaling.test", "use-auth-secret", .. Secrets.Select(secret => $"static-auth-secret={secret}"),
        .. _certificates is null ? (string[])["no-tls"] : [$"tls-listening-port={TlsPort}", $"cert={_certificates.CertificateFile}", $"pkey={_certificates.KeyFile}"],
        .. _options.Settings,
    ];

    private async Task<bool> AnswersAsync()
    {
        using var socket = new UdpClient();
        using var patience = new CancellationTokenSource(AnswerPatience, TimeProvider.System);
        try
        {
            socket.Connect(IPAddress.Loopback, Port);
            await socket.SendAsync(BindingRequest, patience.Token);
            var answer = await socket.ReceiveAsync(patience.Token);
            return answer.Buffer is [0x01, 0x01, ..];
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            return false; // It does not listen yet.
        }
    }

    /// <summary>One that nobody has, neither for TCP nor for UDP.</summary>
    private static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            try
            {
                using var datagrams = new UdpClient(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Another test has it.
            }
        }
    }
}
