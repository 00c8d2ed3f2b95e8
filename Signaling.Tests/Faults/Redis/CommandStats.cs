namespace Signaling.Tests.Faults.Redis;

/// <summary>How often each command was called since the server started, in lower case: <c>publish</c>, <c>client|setname</c>.</summary>
internal sealed class CommandStats
{
    private const string Prefix = "cmdstat_";

    private readonly Dictionary<string, long> _calls;

    private CommandStats(Dictionary<string, long> calls) => _calls = calls;

    public long this[string command] => _calls.GetValueOrDefault(command);

    public static async Task<CommandStats> ReadAsync(RedisProcess redis)
    {
        var lines = (await redis.CliAsync("INFO", "commandstats")).Split('\n', StringSplitOptions.TrimEntries);
        return new(lines.Where(line => line.StartsWith(Prefix, StringComparison.Ordinal)).Select(Parse).ToDictionary());
    }

    /// <summary>The calls between the two, those not called left out, and without what the first reading has cost.</summary>
    public IReadOnlyDictionary<string, long> Since(CommandStats earlier) => _calls
        .Select(call => KeyValuePair.Create(call.Key, call.Value - earlier._calls.GetValueOrDefault(call.Key) - (call.Key is "info" or "auth" ? 1 : 0)))
        .Where(call => call.Value > 0)
        .ToDictionary();

    /// <summary>Takes <c>cmdstat_publish:calls=7,usec=…</c> apart.</summary>
    private static KeyValuePair<string, long> Parse(string line)
    {
        var (name, values) = (line[Prefix.Length..line.IndexOf(':')], line[(line.IndexOf('=') + 1)..]);
        return new(name, long.Parse(values[..values.IndexOf(',')]));
    }
}
