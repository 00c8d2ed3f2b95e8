using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Signaling.Lab.Processes;

namespace Signaling.Lab.Routing;

/// <summary>A machine as far as the network is concerned. Its name has this process's id in it, so that runs keep apart and what a killed run left behind is found.</summary>
internal sealed class NetworkNamespace : IAsyncDisposable
{
    private const string Prefix = "signaling-";
    private const int CloneNewnet = 0x40000000;

    private DirectoryInfo? folder;

    private NetworkNamespace(string name) => Name = name;

    public string Name { get; }

    public static async Task<NetworkNamespace> CreateAsync(string name)
    {
        var created = new NetworkNamespace($"{Prefix}{Environment.ProcessId}-{name}");
        await Command.RunAsync("ip", ["netns", "add", created.Name]);
        try
        {
            // Addresses can be used at once; the machines forward, and the way back may be another.
            await created.RunAsync("sysctl", "-qw", "net.ipv6.conf.all.accept_dad=0", "net.ipv6.conf.default.accept_dad=0", "net.ipv6.conf.all.forwarding=1",
                "net.ipv4.ip_forward=1", "net.ipv4.conf.all.rp_filter=0", "net.ipv4.conf.default.rp_filter=0");
            await created.RunAsync("ip", "link", "set", "lo", "up");
            return created;
        }
        catch
        {
            await created.DisposeAsync();
            throw;
        }
    }

    /// <summary>Deletes what runs that were killed have left behind: namespaces, what still runs in them, and folders.</summary>
    /// <returns>The names of the namespaces.</returns>
    public static async Task<IReadOnlyList<string>> SweepAsync()
    {
        var left = (await ListAsync()).Where(IsLeftOver).ToArray();
        foreach (var name in left) await new NetworkNamespace(name).DisposeAsync();
        foreach (var path in Directory.EnumerateDirectories(Path.GetTempPath(), $"{Prefix}*").Where(path => IsLeftOver(Path.GetFileName(path)))) Directory.Delete(path, recursive: true);
        return left;
    }

    /// <summary>A folder for a program that runs here; gone with the namespace.</summary>
    public DirectoryInfo CreateFolder(string program) =>
        (folder ??= Directory.CreateTempSubdirectory($"{Name}-")).CreateSubdirectory(program);

    public Task<string> RunAsync(string program, params string[] arguments) => Command.RunAsync("ip", Inside(program, arguments));

    public ChildProcess Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, Action<string>? onLine = null) =>
        ChildProcess.Start("ip", Inside(program, arguments), environment, onLine);

    /// <summary>A socket that belongs to this namespace, whichever thread uses it.</summary>
    public Task<Socket> OpenSocketAsync(AddressFamily family = AddressFamily.InterNetwork, ProtocolType protocol = ProtocolType.Tcp)
    {
        var opened = new TaskCompletionSource<Socket>(TaskCreationOptions.RunContinuationsAsynchronously);
        // A thread of its own, which ends inside: threads of the pool have to stay outside.
        new Thread(() =>
        {
            try
            {
                using var file = File.OpenHandle($"/run/netns/{Name}", share: FileShare.ReadWrite);
                if (EnterNamespace(file, CloneNewnet) != 0) throw new IOException($"Cannot enter {Name}: {Marshal.GetLastPInvokeErrorMessage()}");
                opened.SetResult(protocol is ProtocolType.Tcp
                    ? new Socket(family, SocketType.Stream, protocol) { NoDelay = true }
                    : new Socket(family, SocketType.Dgram, protocol));
            }
            catch (Exception failure) when (failure is IOException or SocketException)
            {
                opened.SetException(failure);
            }
        }).Start();
        return opened.Task;
    }

    /// <summary>A connection from here.</summary>
    public async Task<Socket> ConnectAsync(IPEndPoint target, CancellationToken cancellation)
    {
        var socket = await OpenSocketAsync(target.AddressFamily);
        try
        {
            await socket.ConnectAsync(target, cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>HTTP from here, to addresses. Each question is a new connection.</summary>
    public HttpMessageInvoker CreateHttpClient() => new(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.Zero,
        UseProxy = false,
        ConnectCallback = async (connection, cancellation) =>
        {
            var target = new IPEndPoint(IPAddress.Parse(connection.DnsEndPoint.Host), connection.DnsEndPoint.Port);
            return new NetworkStream(await ConnectAsync(target, cancellation), ownsSocket: true);
        },
    });

    /// <summary>Ends what still runs inside, and deletes it with its links.</summary>
    public async ValueTask DisposeAsync()
    {
        var inside = (await Command.RunAsync("ip", ["netns", "pids", Name])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (inside.Length > 0) await Command.RunAsync("/bin/sh", ["-c", "kill -9 \"$@\" 2>/dev/null || true", "sh", .. inside]);
        await Command.RunAsync("ip", ["netns", "delete", Name]);
        folder?.Delete(recursive: true);
    }

    private static async Task<IEnumerable<string>> ListAsync() =>
        (await Command.RunAsync("ip", ["netns", "list"])).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]);

    private static bool IsLeftOver(string name) => name.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(name.Split('-')[1], CultureInfo.InvariantCulture, out var process)
        && !Directory.Exists($"/proc/{process}");

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EnterNamespace(SafeFileHandle file, int kind);

    private string[] Inside(string program, IEnumerable<string> arguments) => ["netns", "exec", Name, program, .. arguments];
}
