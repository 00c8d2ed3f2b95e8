using System.Text;

namespace Signaling.Tests.Contracts;

/// <summary>A checked-in file that pins the bytes of one message: the message's JSON and a line feed.</summary>
internal sealed class GoldenFile(string name)
{
    /// <summary>Set to 1, it makes the golden file tests write the files anew first.</summary>
    private const string UpdateVariable = "UPDATE_GOLDEN";

    public static bool Updating => Environment.GetEnvironmentVariable(UpdateVariable) is "1";

    private static string Folder => Path.Combine(Repository.Root, "Signaling.Tests", "Contracts", "Golden");

    private string FilePath => Path.Combine(Folder, name + ".json");

    public static IEnumerable<string> Names() => Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!);

    public static void Delete(string name) => File.Delete(new GoldenFile(name).FilePath);

    public string Read() => File.Exists(FilePath) ? Encoding.UTF8.GetString(File.ReadAllBytes(FilePath)).TrimEnd('\n') : "";

    public void Write(string json) => File.WriteAllText(FilePath, json + "\n");
}
