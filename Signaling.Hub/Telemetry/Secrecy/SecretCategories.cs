using Microsoft.Extensions.Options;

namespace Signaling.Hub.Telemetry.Secrecy;

/// <summary>
/// Silences, whatever the configuration says, what writes down requests as they came and calls with their arguments. Rules for one logging provider go before
/// rules for all, so each provider that has rules gets these as well.
/// </summary>
internal sealed class SecretCategories : IPostConfigureOptions<LoggerFilterOptions>
{
    private static readonly (string Category, LogLevel Lowest)[] Categories =
    [
        ("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.Critical), // Refusals are errors with their stacks there; HubGuard logs what an operator needs.
        ("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.Information),
    ];

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        foreach (var provider in options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToArray())
        {
            foreach (var (category, lowest) in Categories) options.Rules.Add(new LoggerFilterRule(provider, category, lowest, filter: null));
        }
    }
}
