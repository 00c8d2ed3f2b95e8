using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Signaling.Hub.Redis;

/// <summary>The setting <c>Signaling:Redis</c>, a StackExchange.Redis configuration string, with what the hub itself decides.</summary>
internal sealed class RedisSettings(IOptions<SignalingOptions> options)
{
    private const int CommandTimeoutMs = 1000;
    private const int KeepAliveSeconds = 5;

    // Whoever may read Redis' configuration may read its passwords.
    private static readonly CommandMap WithoutConfig = CommandMap.Create(["CONFIG"], available: false);

    public ConfigurationOptions ToConfiguration(ILoggerFactory logging)
    {
        var configuration = Parse(options.Value.Redis!);
        configuration.LoggerFactory = logging;
        configuration.ChannelPrefix = RedisKeys.Channels;

        // A command that can't be answered now fails now; the hub has its own way of going on.
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.AsyncTimeout = CommandTimeoutMs;
        configuration.SyncTimeout = CommandTimeoutMs;
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
