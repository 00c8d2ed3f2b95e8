namespace Signaling.Tests;

/// <summary>Where the checked-out files are that a test reads: golden files, PROTOCOL.md, built pages.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("The tests run from a build output inside the repository."),
        _ when File.Exists(Path.Combine(folder.FullName, "Signaling.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
