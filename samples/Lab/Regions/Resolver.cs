using Signaling.Lab.Processes;
using Signaling.Lab.Routing;

namespace Signaling.Lab.Regions;

/// <summary>A region's name server: Knot DNS and the script that keeps asking all regions, with the files of deploy/geodns.</summary>
internal sealed class Resolver : IAsyncDisposable
{
    public const string ServiceName = "signaling.example.com";

    private readonly NetworkNamespace place;
    private readonly string folder;
    private ChildProcess? knot;
    private ChildProcess? watcher;

    private Resolver(NetworkNamespace place)
    {
        this.place = place;
        folder = place.CreateFolder("geodns").FullName;
    }

    /// <param name="place">The edge of its region; it listens on all addresses there.</param>
    /// <param name="readyUrl">What tells, from there, whether a region is ready.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<Resolver> StartAsync(NetworkNamespace place, Func<string, string> readyUrl, CancellationToken cancellation)
    {
        var resolver = new Resolver(place);
        try
        {
            await resolver.RunAsync(readyUrl, cancellation);
            return resolver;
        }
        catch
        {
            await resolver.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (watcher is not null) await watcher.DisposeAsync();
        if (knot is not null) await knot.DisposeAsync();
    }

    private async Task RunAsync(Func<string, string> readyUrl, CancellationToken cancellation)
    {
        GeoDnsFiles.Write(folder, readyUrl);
        var script = Path.Combine(folder, "geodns.sh");
        await place.RunAsync("/bin/sh", script, "render");
        knot = place.Start("/usr/sbin/knotd", ["-c", Path.Combine(folder, "knot.conf")]);
        await Eventually.TrueAsync(AnswersAsync, "the name server answers", cancellation: cancellation);
        watcher = place.Start("/bin/sh", [script]);
    }

    private async Task<bool> AnswersAsync()
    {
        if (knot!.HasExited) throw new LabException($"Knot DNS ended:\n{knot.Output}");
        try
        {
            return (await place.RunAsync("kdig", "@127.0.0.1", "+short", "+timeout=1", "+retry=0", ServiceName, "A")).Trim().Length > 0;
        }
        catch (InvalidOperationException)
        {
            return false; // Not yet.
        }
    }
}
