using System.CommandLine;

namespace Signaling.Hub.Configuration;

/// <summary><c>options</c>: tells what can be configured.</summary>
internal static class OptionsCommand
{
    public static Command Create()
    {
        var command = new Command("options", "Print every option: its type, default and range, its environment variable, and what it is.");
        command.SetAction(_ =>
        {
            foreach (var option in OptionCatalog.All()) Console.Out.WriteLine(Describe(option));
        });
        return command;
    }

    private static string Describe(OptionEntry option)
    {
        var facts = $"{option.Type}, {(option.Default is "" ? "no default" : $"default {option.Default}")}{(option.Range is "" ? "" : $", {option.Range}")}";
        return $"""
            {SignalingOptions.Section}:{option.Key}
                {facts}
                {option.Variable}
                {option.Doc}

            """;
    }
}
