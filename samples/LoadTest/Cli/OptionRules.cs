using System.CommandLine;
using System.CommandLine.Parsing;

namespace Signaling.LoadTest.Cli;

/// <summary>Rules for the values of options; what breaks one is told with the option's name.</summary>
internal static class OptionRules
{
    /// <summary>An option that takes the members of an enum in lower case. The first one is its default.</summary>
    public static Option<T> Choice<T>(string name, string description)
        where T : struct, Enum
    {
        var names = string.Join('|', Enum.GetNames<T>()).ToLowerInvariant();
        return new Option<T>(name)
        {
            Description = description,
            HelpName = names,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (char.IsAsciiLetter(text.FirstOrDefault()) && Enum.TryParse<T>(text, ignoreCase: true, out var choice)) return choice;
                result.AddError($"{name} takes {names}, not '{text}'.");
                return default;
            },
        };
    }

    public static Option<T> Between<T>(this Option<T> option, T min, T max)
        where T : IComparable<T> =>
        option.Must(value => value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0, $"is from {min} to {max}");

    public static Option<T> Must<T>(this Option<T> option, Predicate<T> holds, string rule)
    {
        option.Validators.Add(result =>
        {
            if (TryGet<T>(result, out var value) && !holds(value)) result.AddError($"{option.Name} {rule}.");
        });
        return option;
    }

    /// <summary>A rule that a parser tells of by throwing.</summary>
    public static Option<string[]> MustParse(this Option<string[]> option, Action<string> parse)
    {
        option.Validators.Add(result =>
        {
            foreach (var text in result.GetValueOrDefault<string[]>() ?? [])
            {
                try
                {
                    parse(text);
                }
                catch (FormatException wrong)
                {
                    result.AddError($"{option.Name}: {wrong.Message}");
                }
            }
        });
        return option;
    }

    /// <summary>A value that cannot be converted is told of by the parser itself, but only when no validator has thrown.</summary>
    private static bool TryGet<T>(OptionResult result, out T value)
    {
        value = default!;
        try
        {
            if (result.GetValueOrDefault<T>() is not { } given) return false;
            value = given;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
