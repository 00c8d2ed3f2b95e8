namespace Signaling.LoadTest.Accounting;

/// <summary>A signal that did not arrive exactly once.</summary>
internal sealed record Incident(string What, int Sender, int Receiver, long Seq)
{
    public const string Loss = "lost";
    public const string Duplicate = "duplicated";
}
