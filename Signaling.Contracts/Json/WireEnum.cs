using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signaling.Contracts;

/// <summary>Names of an enum's values on the wire: kebab-case; unknown names become the value 0, so that old and new run side by side.</summary>
internal static class WireEnum<T> where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values = Names().ToDictionary(pair => pair.Name, pair => pair.Value);
    private static readonly Dictionary<T, string> Texts = Names().ToDictionary(pair => pair.Value, pair => pair.Name);

    public static T Parse(string? name) => name is not null && Values.TryGetValue(name, out var value) ? value : default;

    public static string Format(T value) => Texts.TryGetValue(value, out var name) ? name : Texts[default];

    private static IEnumerable<(string Name, T Value)> Names()
    {
#if NET
        var values = Enum.GetValues<T>();
#else
        var values = (T[])Enum.GetValues(typeof(T));
#endif
        return values.Select(value => (JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()), value));
    }
}

/// <summary>Writes an enum by its wire name and reads unknown names as the value 0.</summary>
internal sealed class WireEnumConverter<T> : JsonConverter<T> where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String
            ? WireEnum<T>.Parse(reader.GetString())
            : throw new JsonException($"A {typeof(T).Name} is a string.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(WireEnum<T>.Format(value));
}
