using System.Text.Encodings.Web;
using System.Text.Json;

namespace Signaling.Lab.Reports;

/// <summary>The JSON file of a report.</summary>
internal static class ReportFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(string path, LabReport report)
    {
        using var file = File.Create(path);
        JsonSerializer.Serialize(file, report, Options);
    }
}
