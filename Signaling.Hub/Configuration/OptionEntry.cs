namespace Signaling.Hub.Configuration;

/// <summary>One option as an operator sets it.</summary>
/// <param name="Key">Below the section; <c>N</c> and <c>M</c> stand for numbers from 0.</param>
/// <param name="Type">What its value is.</param>
/// <param name="Default">Its value when it is not set; empty for none.</param>
/// <param name="Range">Which values it takes; empty for all of its type.</param>
/// <param name="Doc">What it is.</param>
internal sealed record OptionEntry(string Key, string Type, string Default, string Range, string Doc)
{
    /// <summary>The environment variable that sets it.</summary>
    public string Variable => $"{SignalingOptions.Section}__{Key.Replace(":", "__", StringComparison.Ordinal)}";
}
