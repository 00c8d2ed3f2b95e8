namespace Signaling.Hub.Redis;

/// <summary>The embedded Lua files.</summary>
internal static class LuaFile
{
    public static string Read(string name)
    {
        using var stream = typeof(LuaFile).Assembly.GetManifestResourceStream($"{name}.lua")
            ?? throw new InvalidOperationException($"There is no embedded file {name}.lua.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
