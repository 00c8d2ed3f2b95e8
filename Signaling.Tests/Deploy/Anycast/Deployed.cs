namespace Signaling.Tests.Deploy.Anycast;

/// <summary>The files of deploy/anycast, as they are checked in.</summary>
internal static class Deployed
{
    public static string PathOf(string file) => Path.Combine(Repository.Root, "deploy", "anycast", file);

    public static string Text(string file) => File.ReadAllText(PathOf(file));
}
