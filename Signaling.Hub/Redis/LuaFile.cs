namespace Signaling.Hub.Redis;

/// <summary>The embedded Lua files.</summary>
internal static class LuaFile
{
    /// <summary>One script, made of the functions that stand in front and the file that uses them.</summary>
    public static string Read(params IEnumerable<string> names) => string.Concat(names.Select(Read));

    private static string Read(string name)
    {
        using var stream = typeof(LuaFile).Assembly.GetManifestResourceStream($"{name}.lua")
            ?? throw new InvalidOperationException($"There is no embedded file {name}.lua.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
