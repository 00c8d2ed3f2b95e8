using Signaling.Lab.Processes;

namespace Signaling.Lab.Routing;

/// <summary>A BIRD that runs in a namespace, and its configuration in a folder of its own.</summary>
internal sealed class Bird : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly NetworkNamespace _place;

    private Bird(NetworkNamespace place, IReadOnlyDictionary<string, string> files)
    {
        _place = place;
        _folder = place.CreateFolder("bird");
        Directory.CreateDirectory(State);
        foreach (var (name, text) in files) File.WriteAllText(Path.Combine(Folder, name), text.Replace("/run/signaling", State, StringComparison.Ordinal));
        Process = place.Start("bird", ["-f", "-c", Path.Combine(Folder, "bird.conf"), "-s", Socket, "-P", Path.Combine(Folder, "pid")]);
    }

    public ChildProcess Process { get; }

    /// <summary>In the place of /run/signaling.</summary>
    public string State => Path.Combine(Folder, "state");

    private string Folder => _folder.FullName;

    /// <summary>Where an operator talks to it.</summary>
    public string Socket => Path.Combine(Folder, "ctl");

    /// <summary>The command by which the watcher talks to it.</summary>
    public string Birdc => $"birdc -s {Socket}";

    public static Bird Start(NetworkNamespace place, IReadOnlyDictionary<string, string> files) => new(place, files);

    /// <summary>Gives it another file, and has it read its configuration again.</summary>
    public Task ConfigureAsync(string name, string text)
    {
        File.WriteAllText(Path.Combine(Folder, name), text);
        return AskAsync("configure");
    }

    /// <summary>Asks it, as an operator does.</summary>
    public Task<string> AskAsync(string question) => _place.RunAsync("birdc", "-s", Socket, question);

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
