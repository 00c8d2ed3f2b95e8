using System.Net;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>A <c>denied-peer-ip</c> of turnserver.conf, and what may be found there.</summary>
internal sealed record DenyList(string Range, params string[] Addresses)
{
    public static readonly DenyList[] Ipv4 =
    [
        new("10.0.0.0-10.255.255.255", "10.0.0.5"),
        new("100.64.0.0-100.127.255.255", "100.64.0.5", "100.100.100.200"), // The latter: Alibaba's metadata.
        new("169.254.0.0-169.254.255.255", "169.254.169.254", "169.254.170.2"),
        new("172.16.0.0-172.31.255.255", "172.16.0.5", "172.31.0.5"),
        new("192.0.0.0-192.0.0.255", "192.0.0.192"), // Oracle's metadata.
        new("192.88.99.0-192.88.99.255", "192.88.99.1"),
        new("192.168.0.0-192.168.255.255", "192.168.0.5"),
        new("198.18.0.0-198.19.255.255", "198.18.0.5"),
        new("168.63.129.16", "168.63.129.16"),
    ];

    /// <summary>Tested with <c>allow-loopback-peers</c>, without which coturn itself refuses loopback.</summary>
    public static readonly DenyList Loopback = new("127.0.0.0-127.255.255.255", "127.0.0.1", "127.1.2.3");

    /// <summary>Tested with a relay address for IPv6, without which there is no IPv6 allocation.</summary>
    public static readonly DenyList[] Ipv6 =
    [
        new("::0.0.0.1-::255.255.255.255", "::1", "::2", "::127.0.0.1", "::10.0.0.5"),
        new("::0.0.1.0-::255.255.255.255", "::0.0.1.0", "::10.0.5.0"),
        new("::0.1.0.0-::255.255.255.255", "::0.1.0.0", "::10.1.0.0"),
        new("::1.0.0.0-::255.255.255.255", "::10.0.0.0", "::127.0.0.0"),
        new("::ffff:0.0.0.0-::ffff:255.255.255.255", "::ffff:127.0.0.1", "::ffff:10.0.0.5", "::ffff:169.254.169.254", "::ffff:203.0.113.20"),
        new("::ffff:0:0:0-::ffff:0:ffff:ffff", "::ffff:0:7f00:1", "::ffff:0:a00:5"),
        new("64:ff9b::-64:ff9b::ffff:ffff", "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.5", "64:ff9b::169.254.169.254"),
        new("64:ff9b:1::-64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "64:ff9b:1::10.0.0.5", "64:ff9b:1:ffff::a9fe:a9fe"),
        new("100::-100::ffff:ffff:ffff:ffff", "100::1"),
        new("2001::-2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "2001::1", "2001:0:a00:5:0:ffff:80ff:fffe", "2001:2::1", "2001:20::1"),
        new("2002::-2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2002:7f00:1::1", "2002:a00:5::1", "2002:a9fe:a9fe::a9fe:a9fe"),
        new("fc00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fc00::1", "fd00::1", "fd00:ec2::254", "fd20:ce::254"),
        new("fe80::-febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fe80::1", "fe80::a9fe:a9fe"),
        new("fec0::-feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fec0::1"),
    ];

    /// <summary>Its first address and its last.</summary>
    public IEnumerable<IPAddress> Ends => Range.Split('-').Select(IPAddress.Parse);

    public override string ToString() => Range;

    public async Task ProbeAsync(Prober prober)
    {
        foreach (var end in Ends) await prober.RefusedAsync(end);
        foreach (var address in Addresses) await prober.UnreachableAsync(IPAddress.Parse(address));
    }
}
