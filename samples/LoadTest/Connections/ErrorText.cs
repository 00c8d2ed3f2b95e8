using System.Text.Json;
using Signaling.Contracts;

namespace Signaling.LoadTest.Connections;

/// <summary>The errors of the protocol as the report names them.</summary>
internal static class ErrorText
{
    private const string Other = "other";

    public static string CodeOf(SignalingError error) => JsonNamingPolicy.KebabCaseLower.ConvertName(error.Code.ToString());

    /// <summary>The code in the text of a completion or a close message.</summary>
    public static string CodeOf(string text) => SignalingError.TryParse(text, out var error) ? CodeOf(error!) : Other;
}
