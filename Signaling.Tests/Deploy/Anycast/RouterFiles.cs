namespace Signaling.Tests.Deploy.Anycast;

/// <summary>The configurations of the routers: deploy/anycast's own for Seoul's edge, what follows from it for the others, and the carrier, which is not ours.</summary>
internal static class RouterFiles
{
    private const int OurAsn = 64512;
    private const int CarrierAsn = 64511;

    public static Dictionary<string, string> OfEdge(Region region) => new()
    {
        ["bird.conf"] = Deployed.Text("edge/bird.conf"),
        ["policy.conf"] = Deployed.Text("edge/policy.conf"),
        ["site.conf"] = SiteFile.Edit(
            Deployed.Text("edge/site.conf"),
            [
                ("EDGE_ROUTER_ID", $"10.{region.Number}.0.2"),
                ("RANK_ASIA", $"{region.Ranks[0]}"), ("RANK_EUROPE", $"{region.Ranks[1]}"), ("RANK_AMERICA", $"{region.Ranks[2]}"),
                .. SiteFile.Patient,
            ]),
        ["neighbours.conf"] = region.Name is "seoul" ? Deployed.Text("edge/neighbours.conf") : NeighboursOf(region),
    };

    public static Dictionary<string, string> OfCarrier(Region region) => new()
    {
        ["bird.conf"] = File.ReadAllText(Path.Combine(Repository.Root, "Signaling.Tests", "Deploy", "Anycast", "carrier.conf")),
        ["site.conf"] = $"""
            define ROUTER_ID = 10.{region.Number}.0.1;
            define CONTINENT = {region.Number};
            {string.Concat(SiteFile.Patient.Select(timer => $"define {timer.Item1} = {timer.Item2};\n"))}
            """,
        ["neighbours.conf"] = $"""
            protocol bgp customer from neighbour {"{"} local 10.{region.Number}.0.1 as ASN; neighbor 10.{region.Number}.0.2 as {OurAsn}; {"}"}
            {string.Concat(region.Links.Select(link => $"protocol bgp {link.Other.Continent} from neighbour {{ local 10.8.{link.Number}.{link.Ours} as ASN; neighbor 10.8.{link.Number}.{link.Theirs} as {CarrierAsn}; }}\n"))}
            """,
    };

    private static string NeighboursOf(Region region) => $$"""
        ipv4 table a4;
        ipv6 table a6;
        protocol kernel pinned_a4 { kernel table 101; ipv4 { table a4; import none; export all; }; }
        protocol kernel pinned_a6 { kernel table 101; ipv6 { table a6; import none; export all; }; }
        protocol pipe of_a4 { table a4; peer table region4; import none; export all; }
        protocol pipe of_a6 { table a6; peer table region6; import none; export all; }
        protocol bgp node_a from node { local 10.{{region.Number}}.1.1 as EDGE_ASN; neighbor 10.{{region.Number}}.1.2 as 64601; ipv4 { table a4; }; ipv6 { table a6; }; }
        protocol bgp carrier_here from carrier { local 10.{{region.Number}}.0.2 as EDGE_ASN; neighbor 10.{{region.Number}}.0.1 as CARRIER_ASN; }
        {{string.Concat(region.Links.Select(link => $$"""
            protocol bgp {{link.Other.Name}} from backbone {
              local 10.9.{{link.Number}}.{{link.Ours}} as EDGE_ASN; neighbor 10.9.{{link.Number}}.{{link.Theirs}} as EDGE_ASN;
              ipv4 { import where from_backbone({{link.Other.Ranks[region.Number - 1] - 1}}); };
              ipv6 { import where from_backbone({{link.Other.Ranks[region.Number - 1] - 1}}); };
            }

            """))}}
        """;
}
