namespace Signaling.Tests.Faults.Delivery;

/// <summary>
/// Holds a ledger against the promises: every accepted message arrived once, from each sending peer in order; every roster is the live set; nobody was
/// told that a peer left that stayed. A channel ends with the peer at either end of it (PROTOCOL.md), and with the channel what it owes.
/// </summary>
internal sealed class LedgerChecker(
    IReadOnlyList<Sent> sent,
    IReadOnlyDictionary<Message, Decided> decided,
    IReadOnlyList<Received> received,
    IReadOnlyDictionary<string, Membership> memberships,
    IReadOnlyList<Departure> departures,
    IReadOnlyList<RosterSeen> rosters)
{
    private readonly HashSet<(Message, string Client)> _arrived = [.. received.Select(one => (one.Message, one.Client))];

    public Verdict Check()
    {
        var accepted = sent.Where(one => decided.TryGetValue(one.Message, out var outcome) && outcome.Refusal is null).ToArray();
        var copies = accepted.SelectMany(one => one.To.Select(to => (Sent: one, To: to))).ToArray();
        var owed = copies.Where(copy => IsLive(copy.Sent.From) && IsLive(copy.To)).ToArray();
        return new(
            [.. Undecided(), .. Lost(owed), .. Doubled(), .. Invented(), .. Swapped(), .. WrongRosters(), .. WrongDepartures()],
            owed.Length,
            copies.Except(owed).Count(copy => !HasArrived(copy.Sent.Message, copy.To)));
    }

    private IEnumerable<string> Undecided() => sent
        .Where(one => !decided.ContainsKey(one.Message))
        .Select(one => $"undecided: {one.Message} from {one.From}, sent at {Time(one.At)}, was neither accepted nor refused");

    private IEnumerable<string> Lost((Sent Sent, string To)[] owed) => owed
        .Where(copy => !HasArrived(copy.Sent.Message, copy.To))
        .Select(copy => $"lost: {copy.Sent.Message} from {copy.Sent.From} to {Name(copy.To)}, sent at {Time(copy.Sent.At)}, "
            + $"accepted at {Time(decided[copy.Sent.Message].At)}, never arrived");

    private IEnumerable<string> Doubled() => received
        .GroupBy(one => (one.Message, one.Client))
        .Where(copies => copies.Count() > 1)
        .Select(copies => $"doubled: {copies.Key.Message} reached {copies.Key.Client} {copies.Count()} times, at {string.Join(", ", copies.Select(one => Time(one.At)))}");

    private IEnumerable<string> Invented()
    {
        var known = sent.Select(one => one.Message).ToHashSet();
        return received.Where(one => !known.Contains(one.Message)).Select(one => $"invented: {one.Message} reached {one.Client}, but nobody sent it");
    }

    private IEnumerable<string> Swapped() => received
        .GroupBy(one => (one.Message.Room, one.From, one.Client))
        .SelectMany(stream => stream.Zip(stream.Skip(1)))
        .Where(pair => pair.Second.Message.Number < pair.First.Message.Number)
        .Select(pair => $"swapped: {pair.Second.Message} from {pair.Second.From} reached {pair.Second.Client} at {Time(pair.Second.At)}, "
            + $"behind {pair.First.Message} at {Time(pair.First.At)}");

    private IEnumerable<string> WrongRosters() => rosters.SelectMany(roster =>
    {
        var live = memberships.Values.Where(one => one.Room == roster.Room && one.EndedAt is null && one.Client != roster.Client).Select(one => one.Peer).ToArray();
        return roster.Peers.Except(live).Select(peer => $"ghost: {roster.Client} sees {Name(peer)} in {roster.Room}, who is not there")
            .Concat(live.Except(roster.Peers).Select(peer => $"missing: {roster.Client} does not see {Name(peer)} in {roster.Room}"))
            .Concat(roster.Peers.GroupBy(peer => peer).Where(same => same.Count() > 1).Select(same => $"ghost: {roster.Client} sees {Name(same.Key)} twice"));
    });

    private IEnumerable<string> WrongDepartures() => departures
        .Where(one => IsLive(one.Peer))
        .Select(one => $"false leave: at {Time(one.At)} {one.Client} was told that {Name(one.Peer)} left {one.Room} ({one.Reason}), but it stayed")
        .Concat(departures
            .GroupBy(one => (one.Client, one.Peer))
            .Where(same => same.Count() > 1)
            .Select(same => $"false leave: {same.Key.Client} was told {same.Count()} times that {Name(same.Key.Peer)} left"));

    private bool HasArrived(Message message, string peer) => memberships.TryGetValue(peer, out var receiver) && _arrived.Contains((message, receiver.Client));

    /// <summary>A peer that the ledger does not know was over before its client could tell.</summary>
    private bool IsLive(string peer) => memberships.TryGetValue(peer, out var membership) && membership.EndedAt is null;

    private string Name(string peer) => memberships.TryGetValue(peer, out var membership) ? $"{membership.Client} ({peer})" : peer;

    private static string Time(TimeSpan at) => $"{at.TotalSeconds:F3} s";
}
