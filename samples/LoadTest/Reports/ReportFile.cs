using System.Text.Encodings.Web;
using System.Text.Json;

namespace Signaling.LoadTest.Reports;

/// <summary>The JSON file of a report.</summary>
internal static class ReportFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(string path, RunReport report)
    {
        using var file = File.Create(path);
        JsonSerializer.Serialize(file, report, Options);
    }

    /// <exception cref="ReportFileException">It cannot be read or is no report of this schema.</exception>
    public static RunReport Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var report = JsonSerializer.Deserialize<RunReport>(file, Options);
            return report is { Schema: RunReport.CurrentSchema }
                ? report
                : throw new ReportFileException($"{path} has schema {report?.Schema}; this is schema {RunReport.CurrentSchema}.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ReportFileException($"{path} is no report of a load test: {failure.Message}");
        }
    }
}
