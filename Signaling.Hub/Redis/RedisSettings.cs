using StackExchange.Redis;

namespace Signaling.Hub.Redis;

/// <summary>A StackExchange.Redis configuration string with what the hub itself decides.</summary>
/// <param name="text">The string.</param>
/// <param name="patience">How long to wait for an answer.</param>
internal sealed class RedisSettings(string text, TimeSpan patience)
{
    private const int KeepAliveSeconds = 5;

    // Whoever may read Redis' configuration may read its passwords.
    private static readonly CommandMap WithoutConfig = CommandMap.Create(["CONFIG"], available: false);

    public ConfigurationOptions ToConfiguration(ILoggerFactory logging)
    {
        var configuration = Parse(text);
        configuration.LoggerFactory = logging;
        configuration.ChannelPrefix = RedisKeys.Channels;

        // A command that can't be answered now fails now; the hub has its own way of going on.
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.AsyncTimeout = (int)patience.TotalMilliseconds;
        configuration.SyncTimeout = configuration.AsyncTimeout;
        configuration.AbortOnConnectFail = true;
        configuration.KeepAlive = KeepAliveSeconds;
        configuration.ReconnectRetryPolicy = new LinearRetry(250);

        // None of it is needed, and the ACL user of deploy/redis may do none of it.
        configuration.TieBreaker = "";
        configuration.ConfigurationChannel = "";
        configuration.SetClientLibrary = false;
        configuration.CommandMap = WithoutConfig;
        return configuration;
    }

    /// <summary>What is wrong with a configuration string, as the end of a sentence; <c>null</c> when nothing is.</summary>
    public static string? ProblemOf(string text)
    {
        try
        {
            return Parse(text).EndPoints.Count > 0 ? null : "names no server, such as redis.example.com:6379.";
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException)
        {
            return $"is no StackExchange.Redis configuration string: {failure.Message}";
        }
    }

    private static ConfigurationOptions Parse(string text) => ConfigurationOptions.Parse(text, ignoreUnknown: false);
}
