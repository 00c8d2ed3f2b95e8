using Signaling.Tests.Hosting;

namespace Signaling.Tests.Deploy.Anycast;

/// <summary>A BIRD that runs in a namespace, and its configuration in a folder of its own.</summary>
internal sealed class Bird : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly NetworkNamespace _place;

    private Bird(NetworkNamespace place, IReadOnlyDictionary<string, string> files)
    {
        _place = place;
        _folder = Directory.CreateTempSubdirectory("signaling-bird-");
        foreach (var (name, text) in files) File.WriteAllText(Path.Combine(_folder.FullName, name), text);
        Process = place.Start("bird", ["-f", "-c", Path.Combine(_folder.FullName, "bird.conf"), "-s", Socket, "-P", Path.Combine(_folder.FullName, "pid")]);
    }

    public ChildProcess Process { get; }

    private string Socket => Path.Combine(_folder.FullName, "ctl");

    /// <summary>The command by which the watcher talks to it.</summary>
    public string Birdc => $"birdc -s {Socket}";

    public static Bird Start(NetworkNamespace place, IReadOnlyDictionary<string, string> files) => new(place, files);

    /// <summary>Asks it, as an operator does.</summary>
    public Task<string> AskAsync(string question) => _place.RunAsync("birdc", "-s", Socket, question);

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
