using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signaling.Hub.Operator.Console;

/// <summary>The JSON of the console, towards the page and between nodes: camel case, enums in kebab case, times in ISO 8601.</summary>
internal static class ConsoleJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };
}
