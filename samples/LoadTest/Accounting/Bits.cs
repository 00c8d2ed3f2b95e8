namespace Signaling.LoadTest.Accounting;

/// <summary>A set of small numbers: one bit each.</summary>
internal struct Bits
{
    private const int WordBits = 64;

    private ulong[]? words;

    public readonly bool Has(long number) =>
        words is not null && number / WordBits < words.Length && (words[number / WordBits] & Mask(number)) != 0;

    /// <returns><c>false</c> when it was there already.</returns>
    public bool Add(long number)
    {
        var word = (int)(number / WordBits);
        if (words is null) words = new ulong[word + 1];
        else if (word >= words.Length) Array.Resize(ref words, Math.Max(word + 1, 2 * words.Length));
        var added = (words[word] & Mask(number)) is 0;
        words[word] |= Mask(number);
        return added;
    }

    private static ulong Mask(long number) => 1UL << (int)(number % WordBits);
}
