namespace Signaling.Lab.Scenarios;

/// <summary>How many samples are worth their time.</summary>
internal readonly record struct Effort(bool Quick)
{
    public int Of(int full, int quick) => Quick ? quick : full;
}
