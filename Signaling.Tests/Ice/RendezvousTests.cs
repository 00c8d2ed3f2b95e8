using FsCheck;
using FsCheck.Fluent;
using Signaling.Hub.Ice.Choice;

namespace Signaling.Tests.Ice;

/// <summary>Which server comes first, over any set of servers with any shares.</summary>
internal sealed class RendezvousTests
{
    private const int Peers = 3000;

    private static readonly Arbitrary<int[]> Shares = Arb.From(Gen.Choose(1, 9).ArrayOf().Where(shares => shares.Length is >= 2 and <= 6));

    [Test]
    public void Each_server_comes_first_as_often_as_its_share_says() => Prop.ForAll(Shares, shares =>
    {
        var first = FirstOfEach(shares).CountBy(server => server).ToDictionary();
        return shares.Index().All(server =>
        {
            var share = (double)server.Item / shares.Sum();
            var spread = Math.Sqrt(share * (1 - share) / Peers);
            return Math.Abs(((double)first.GetValueOrDefault(server.Index) / Peers) - share) < 5 * spread;
        });
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30).WithReplay(20251, 11));

    [Test]
    public void A_peer_keeps_its_server_when_another_one_goes() => Prop.ForAll(Shares, shares =>
    {
        var gone = shares.Length - 1;
        return FirstOfEach(shares).Zip(FirstOfEach(shares[..gone])).All(peer => peer.First == gone || peer.First == peer.Second);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Test]
    public void The_order_is_the_same_every_time_and_has_each_server_once() => Prop.ForAll(Shares, shares =>
        Order(shares, "peer").SequenceEqual(Order(shares, "peer")) && Order(shares, "peer").Order().SequenceEqual(Enumerable.Range(0, shares.Length))).QuickCheckThrowOnFailure();

    [Test]
    public void A_server_without_a_share_is_left_out() => Order([3, 0, 1], "peer").Should().BeEquivalentTo([0, 2]);

    private static IEnumerable<int> FirstOfEach(int[] shares) => Enumerable.Range(0, Peers).Select(peer => Order(shares, $"peer-{peer}").First());

    private static IEnumerable<int> Order(int[] shares, string peer) => Rendezvous.Order(Enumerable.Range(0, shares.Length), peer, server => $"turn:{server}.example.com", server => shares[server]);
}
