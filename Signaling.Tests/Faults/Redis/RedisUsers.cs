namespace Signaling.Tests.Faults.Redis;

/// <summary>The users of <c>deploy/redis/users.acl</c>, which operators copy.</summary>
internal static class RedisUsers
{
    public const string AdminPassword = "CHANGE-ME-ADMIN";

    public static string File { get; } = Path.Combine(Repository.Root, "deploy", "redis", "users.acl");

    /// <summary>Tells hubs, as the end of their Redis setting, to come as the file's own user for them.</summary>
    public static string Hub => ",user=signaling,password=CHANGE-ME-HUB";

    /// <summary>Tells hubs of other regions to come as the file's own user for them.</summary>
    public static string Link => ",user=signaling-link,password=CHANGE-ME-LINK";

    /// <summary>A server that has these users.</summary>
    public static RedisOptions Options { get; } = new() { Password = AdminPassword, Settings = [$"aclfile {File}"] };

    /// <summary>The commands that a user may use.</summary>
    public static IReadOnlyList<string> CommandsOf(string user) =>
        [.. System.IO.File.ReadLines(File).Single(line => line.StartsWith($"user {user} ", StringComparison.Ordinal)).Split(' ').Select(word => word.TrimStart('(')).Where(word => word[0] is '+').Select(word => word[1..])];
}
