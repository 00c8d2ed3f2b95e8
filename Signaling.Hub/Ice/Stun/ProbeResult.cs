namespace Signaling.Hub.Ice.Stun;

/// <summary>What a probe has found.</summary>
/// <param name="Problem">Why the server is of no use; <c>null</c> when it is.</param>
/// <param name="RoundTrip">From its first request to the answer.</param>
/// <param name="Credential">Which of the credentials the server has taken, counted from 0.</param>
internal sealed record ProbeResult(string? Problem, TimeSpan RoundTrip = default, int Credential = 0);
