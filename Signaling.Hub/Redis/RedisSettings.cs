using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Signaling.Hub.Redis;

/// <summary>The setting <c>Signaling:Redis</c>, a StackExchange.Redis configuration string, with what the hub itself decides.</summary>
internal sealed class RedisSettings(IOptions<SignalingOptions> options)
{
    private const int CommandTimeoutMs = 1000;
    private const int KeepAliveSeconds = 5;

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

        // Neither is needed, and an ACL user limited to our prefix may touch neither.
        configuration.TieBreaker = "";
        configuration.ConfigurationChannel = "";
        return configuration;
    }

    /// <exception cref="ArgumentException">It cannot be understood.</exception>
    public static ConfigurationOptions Parse(string text) => ConfigurationOptions.Parse(text, ignoreUnknown: false);
}
