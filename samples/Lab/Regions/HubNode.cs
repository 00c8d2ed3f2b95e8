using System.Net.Sockets;
using Signaling.Lab.Processes;
using Signaling.Lab.Routing;

namespace Signaling.Lab.Regions;

/// <summary>A hub in a place of its own, or one of several there.</summary>
internal sealed class HubNode : IAsyncDisposable
{
    public const int Port = 8080;

    private static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "Signaling.Hub.dll");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ChildProcess process;
    private readonly HttpMessageInvoker http;

    /// <param name="name">What the lab calls it.</param>
    /// <param name="place">Where it runs.</param>
    /// <param name="address">The address of its place.</param>
    /// <param name="port">On which it listens.</param>
    /// <param name="settings">Of the section Signaling.</param>
    public HubNode(string name, NetworkNamespace place, string address, int port, IReadOnlyDictionary<string, string> settings)
    {
        (Name, Place, Address) = (name, place, new Uri($"http://{address}:{port}/"));
        http = place.CreateHttpClient();
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://[::]:{port}",
            ["ASPNETCORE_ENVIRONMENT"] = "Development", // Lets guests in.
            ["DOTNET_NOLOGO"] = "1",
            ["Signaling__Limits__InvocationsPerSecond"] = "100000", // The lab measures the way, not the brakes.
        };
        foreach (var (key, value) in settings) environment[$"Signaling__{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;
        process = place.Start("dotnet", [Executable], environment);
    }

    public string Name { get; }

    public NetworkNamespace Place { get; }

    /// <summary>As clients of its region reach it.</summary>
    public Uri Address { get; }

    public Uri HubUrl => new(Address, "signaling");

    /// <summary>Until it takes connections.</summary>
    public Task ReadyAsync(CancellationToken cancellation) => Eventually.TrueAsync(
        async () => process.HasExited ? throw new LabException($"{Name} ended:\n{process.Output}") : await IsReadyAsync(),
        $"{Name} is ready",
        TimeSpan.FromMinutes(1),
        cancellation);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
            using var question = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, "health/ready"));
            using var answer = await http.SendAsync(question, patience.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception silence) when (silence is HttpRequestException or SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
