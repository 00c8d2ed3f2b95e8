namespace Signaling.LoadTest.Reports;

/// <summary>Whether a threshold held. Times are in milliseconds.</summary>
internal sealed record Verdict(string Threshold, double? Actual, bool Holds);
