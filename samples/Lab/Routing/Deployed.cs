namespace Signaling.Lab.Routing;

/// <summary>The files of <c>deploy/</c>, as they are checked in; copies of them are beside this program.</summary>
internal static class Deployed
{
    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "deploy", file);

    public static string Text(string file) => File.ReadAllText(PathOf(file));
}
