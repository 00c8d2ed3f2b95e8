namespace Signaling.Lab.Routing;

/// <summary>The configurations of the routers: deploy/anycast's own for Seoul's edge, what follows from it for the others, and the carrier, which is not ours.</summary>
internal static class RouterFiles
{
    private const int OurAsn = 64512;
    private const int CarrierAsn = 64511;

    public static Dictionary<string, string> OfEdge(Region region, IReadOnlyList<Region> all) => new()
    {
        ["bird.conf"] = Deployed.Text("anycast/edge/bird.conf"),
        ["policy.conf"] = Deployed.Text("anycast/edge/policy.conf"),
        ["site.conf"] = SiteFile.Edit(
            Deployed.Text("anycast/edge/site.conf"),
            [
                ("EDGE_ROUTER_ID", region.EdgeAddress),
                ("RANK_ASIA", $"{region.Ranks[0]}"), ("RANK_EUROPE", $"{region.Ranks[1]}"), ("RANK_AMERICA", $"{region.Ranks[2]}"),
                .. SiteFile.Patient,
            ]),
        ["neighbours.conf"] = region.Name is Region.SeoulName ? Deployed.Text("anycast/edge/neighbours.conf") : NeighboursOf(region, all),
    };

    public static Dictionary<string, string> OfCarrier(Region region, IReadOnlyList<Region> all) => new()
    {
        ["bird.conf"] = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Routing", "carrier.conf")),
        ["site.conf"] = $"""
            define ROUTER_ID = 10.{region.Number}.0.1;
            define CONTINENT = {region.Number};
            {string.Concat(SiteFile.Patient.Select(timer => $"define {timer.Item1} = {timer.Item2};\n"))}
            """,
        ["neighbours.conf"] = $"""
            protocol bgp customer from neighbour {"{"} local 10.{region.Number}.0.1 as ASN; neighbor {region.EdgeAddress} as {OurAsn}; {"}"}
            {string.Concat(region.LinksTo(all).Select(link => $"protocol bgp {link.Other.Continent} from neighbour {{ local 10.8.{link.Number}.{link.Ours} as ASN; neighbor 10.8.{link.Number}.{link.Theirs} as {CarrierAsn}; }}\n"))}
            """,
    };

    private static string NeighboursOf(Region region, IReadOnlyList<Region> all) => $$"""
        {{string.Concat(region.Nodes.Select((node, index) => NodeNeighbour((char)('a' + index), 101 + index, node.Subnet)))}}
        protocol bgp carrier_here from carrier { local {{region.EdgeAddress}} as EDGE_ASN; neighbor 10.{{region.Number}}.0.1 as CARRIER_ASN; }
        {{string.Concat(region.LinksTo(all).Select(link => $$"""
            protocol bgp {{link.Other.Name}} from backbone {
              local 10.9.{{link.Number}}.{{link.Ours}} as EDGE_ASN; neighbor 10.9.{{link.Number}}.{{link.Theirs}} as EDGE_ASN;
              ipv4 { import where from_backbone({{link.Other.Ranks[region.Number - 1] - 1}}); };
              ipv6 { import where from_backbone({{link.Other.Ranks[region.Number - 1] - 1}}); };
            }

            """))}}
        """;

    private static string NodeNeighbour(char name, int table, string subnet) => $$"""
        ipv4 table {{name}}4;
        ipv6 table {{name}}6;
        protocol kernel pinned_{{name}}4 { kernel table {{table}}; ipv4 { table {{name}}4; import none; export all; }; }
        protocol kernel pinned_{{name}}6 { kernel table {{table}}; ipv6 { table {{name}}6; import none; export all; }; }
        protocol pipe of_{{name}}4 { table {{name}}4; peer table region4; import none; export all; }
        protocol pipe of_{{name}}6 { table {{name}}6; peer table region6; import none; export all; }
        protocol bgp node_{{name}} from node { local {{subnet}}.1 as EDGE_ASN; neighbor {{subnet}}.2 as 64601; ipv4 { table {{name}}4; }; ipv6 { table {{name}}6; }; }

        """;
}
