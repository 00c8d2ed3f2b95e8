using System.IO.Compression;
using System.Text.Json;

namespace Signaling.Hub.Operator.Console.Survey;

/// <summary>Questions and answers on their way between nodes: JSON, packed by Brotli, which makes a fifth of it. What one side does not know it passes over.</summary>
internal static class SurveyText
{
    public static byte[] Write<T>(T value)
    {
        using var packed = new MemoryStream();
        using (var packing = new BrotliStream(packed, CompressionLevel.Fastest)) JsonSerializer.Serialize(packing, value, ConsoleJson.Options);
        return packed.ToArray();
    }

    /// <returns><c>null</c> for what cannot be read.</returns>
    public static T? Read<T>(byte[] text) where T : class
    {
        try
        {
            using var unpacking = new BrotliStream(new MemoryStream(text), CompressionMode.Decompress);
            return JsonSerializer.Deserialize<T>(unpacking, ConsoleJson.Options);
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }
}
