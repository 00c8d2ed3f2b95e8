namespace Signaling.LoadTest.Reports;

internal sealed class ReportFileException(string message) : Exception(message);
