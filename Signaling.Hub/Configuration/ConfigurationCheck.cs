using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Signaling.Hub.Configuration;

/// <summary>Finds every problem of a configuration, where the start ends at the first that it meets.</summary>
internal static partial class ConfigurationCheck
{
    public static IReadOnlyList<string> ProblemsOf(IConfiguration configuration, IEnumerable<IValidateOptions<SignalingOptions>> validators)
    {
        var problems = new List<string>();
        var good = new List<KeyValuePair<string, string?>>();
        foreach (var setting in configuration.GetSection(SignalingOptions.Section).AsEnumerable().Where(setting => setting.Value is not null))
        {
            if (ProblemOf(setting) is { } problem) problems.Add(problem);
            else good.Add(setting);
        }

        var options = Bind(good);
        problems.AddRange(validators.Select(validator => validator.Validate(null, options)).Where(result => result.Failed).SelectMany(result => result.Failures!));
        return problems;
    }

    /// <summary>Of one setting by itself: whether there is such an option, and whether it takes such a value.</summary>
    private static string? ProblemOf(KeyValuePair<string, string?> setting)
    {
        try
        {
            Bind([setting]);
            return null;
        }
        catch (InvalidOperationException failure)
        {
            return IsOption(setting.Key) ? failure.Message : $"{setting.Key} is no option; the command `options` prints all that are.";
        }
    }

    private static SignalingOptions Bind(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var options = new SignalingOptions();
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build()
            .GetSection(SignalingOptions.Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        return options;
    }

    private static bool IsOption(string key) => OptionCatalog.All().Any(option =>
        string.Equals($"{SignalingOptions.Section}:{Place().Replace(option.Key, ":0$1")}", Number().Replace(key, ":0$1"), StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(":[NM](:|$)")]
    private static partial Regex Place();

    [GeneratedRegex(":[0-9]+(:|$)")]
    private static partial Regex Number();
}
