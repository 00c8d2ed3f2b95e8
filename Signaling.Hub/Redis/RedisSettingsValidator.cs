using Microsoft.Extensions.Options;

namespace Signaling.Hub.Redis;

/// <summary>Refuses to start with a Redis setting that cannot be understood.</summary>
internal sealed class RedisSettingsValidator : IValidateOptions<SignalingOptions>
{
    public ValidateOptionsResult Validate(string? name, SignalingOptions options) =>
        options.Redis is { } redis && RedisSettings.ProblemOf(redis) is { } problem
            ? ValidateOptionsResult.Fail($"Signaling:Redis {problem}")
            : ValidateOptionsResult.Success;
}
