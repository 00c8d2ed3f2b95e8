using Microsoft.Extensions.Options;

namespace Signaling.Hub.Redis;

/// <summary>Refuses to start with a Redis setting that cannot be understood.</summary>
internal sealed class RedisSettingsValidator : IValidateOptions<SignalingOptions>
{
    public ValidateOptionsResult Validate(string? name, SignalingOptions options)
    {
        if (options.Redis is null) return ValidateOptionsResult.Success;
        try
        {
            return RedisSettings.Parse(options.Redis).EndPoints.Count > 0
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail("Signaling:Redis names no server, such as redis.example.com:6379.");
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException)
        {
            return ValidateOptionsResult.Fail($"Signaling:Redis is no StackExchange.Redis configuration string: {failure.Message}");
        }
    }
}
