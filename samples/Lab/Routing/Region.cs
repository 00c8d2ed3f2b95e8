namespace Signaling.Lab.Routing;

/// <summary>A region and the continent around it, numbered as the carrier numbers continents.</summary>
/// <param name="Name">What it is called, and its edge router.</param>
/// <param name="Continent">The carrier's point of presence there, and who lives there.</param>
/// <param name="Number">From 1.</param>
/// <param name="Ranks">How the carrier ranks it for the clients of each continent.</param>
/// <param name="Clients">The subnet in which its clients live, without the last part: one that deploy/geodns knows as theirs.</param>
/// <param name="ClientsAt">The last part of that subnet.</param>
/// <param name="NodeCount">How many nodes it has.</param>
internal sealed record Region(string Name, string Continent, int Number, int[] Ranks, string Clients, int ClientsAt, int NodeCount)
{
    public const string SeoulName = "seoul";

    /// <summary>Its nodes, with their links to the edge.</summary>
    public IEnumerable<(string Name, string Subnet)> Nodes =>
        Enumerable.Range(1, NodeCount).Select(number => ($"{Name}-{(char)('a' + number - 1)}", $"10.{Number}.{number}"));

    public string ClientPlace => $"client-{Continent}";

    /// <summary>The gateway of its clients, at the carrier's.</summary>
    public string Gateway => $"{Clients}.{ClientsAt + 1}";

    public string ClientAddress => $"{Clients}.{ClientsAt + 2}";

    /// <summary>Its edge as its clients see it.</summary>
    public string EdgeAddress => $"10.{Number}.0.2";

    /// <summary>The address that deploy/geodns gives out for it.</summary>
    public string Address => $"192.0.2.{10 * Number}";

    /// <summary>Seoul, Frankfurt and Virginia with so many nodes.</summary>
    public static Region[] With(int seoul, int frankfurt, int virginia) =>
    [
        new(SeoulName, "asia", 1, [1, 3, 3], "203.0.113", 0, seoul),
        new("frankfurt", "europe", 2, [3, 1, 2], "198.51.100", 0, frankfurt),
        new("virginia", "america", 3, [2, 2, 1], "198.51.100", 128, virginia),
    ];

    /// <summary>Who has a link with whom, and its number.</summary>
    public static IEnumerable<(Region One, Region Other, int Number)> PairsOf(IReadOnlyList<Region> all) =>
        from one in all from other in all where one.Number < other.Number select (one, other, one.Number + other.Number - 2);

    /// <summary>Its links to the other regions: the number, our end and theirs.</summary>
    public IEnumerable<(Region Other, int Number, int Ours, int Theirs)> LinksTo(IReadOnlyList<Region> all) => PairsOf(all)
        .Where(pair => pair.One == this || pair.Other == this)
        .Select(pair => pair.One == this ? (pair.Other, pair.Number, 1, 2) : (pair.One, pair.Number, 2, 1));
}
