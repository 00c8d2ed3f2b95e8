namespace Signaling.Tests.Deploy.Anycast;

/// <summary>A region, its continent, and its nodes with the links to them; numbered as the carrier numbers continents.</summary>
internal sealed record Region(string Name, string Continent, int Number, int[] Ranks, (string Name, string Subnet)[] Nodes)
{
    public static readonly Region[] All =
    [
        new("seoul", "asia", 1, [1, 3, 3], [("seoul-a", "10.1.1"), ("seoul-b", "10.1.2")]),
        new("frankfurt", "europe", 2, [3, 1, 2], [("frankfurt-a", "10.2.1")]),
        new("virginia", "america", 3, [2, 2, 1], [("virginia-a", "10.3.1")]),
    ];

    /// <summary>Who has a link with whom, and its number.</summary>
    public static readonly (Region One, Region Other, int Number)[] Pairs = [(All[0], All[1], 1), (All[0], All[2], 2), (All[1], All[2], 3)];

    /// <summary>Its links to the other regions: the number, our end and theirs.</summary>
    public IEnumerable<(Region Other, int Number, int Ours, int Theirs)> Links => Pairs
        .Where(pair => pair.One == this || pair.Other == this)
        .Select(pair => pair.One == this ? (pair.Other, pair.Number, 1, 2) : (pair.One, pair.Number, 2, 1));
}
