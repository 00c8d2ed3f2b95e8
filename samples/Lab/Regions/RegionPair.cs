namespace Signaling.Lab.Regions;

/// <summary>Two regions, whichever is named first.</summary>
internal readonly record struct RegionPair
{
    public RegionPair(string one, string other) => (One, Other) = string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);

    public string One { get; }

    public string Other { get; }

    public override string ToString() => $"{One}-{Other}";
}
