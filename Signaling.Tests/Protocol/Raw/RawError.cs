using System.Globalization;
using System.Text.RegularExpressions;

namespace Signaling.Tests.Protocol.Raw;

/// <summary>An error, taken apart by the expression that PROTOCOL.md gives.</summary>
internal sealed partial record RawError(string Code, string Action, int? RetryMs, string Message)
{
    public static RawError Parse(string text)
    {
        var match = Wire().Match(text);
        if (!match.Success) throw new AssertionException($"No error of the protocol: {text}");
        return new RawError(
            match.Groups[1].Value,
            match.Groups[2].Value,
            match.Groups[3] is { Success: true } ms ? int.Parse(ms.Value, CultureInfo.InvariantCulture) : null,
            match.Groups[4].Value);
    }

    [GeneratedRegex(@"(?:^|HubException: )([a-z][a-z0-9-]*) \(([a-z-]+)(?:, (\d+) ms)?\): (.*)$", RegexOptions.Singleline)]
    private static partial Regex Wire();
}
