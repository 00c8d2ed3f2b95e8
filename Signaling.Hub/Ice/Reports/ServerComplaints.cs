using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Signaling.Hub.Ice.Choice;
using Signaling.Hub.Ice.Stun.Messages;
using Signaling.Hub.Sessions;

namespace Signaling.Hub.Ice.Reports;

/// <summary>
/// Clients for whom a server has failed. Several users at several addresses within a minute have it probed at once, and peers do not get it until then; the
/// probe's word counts. One user, one address or one network cannot bring that about, and nobody again within the same minute.
/// </summary>
internal sealed partial class ServerComplaints(IOptions<SignalingOptions> options, TimeProvider time, ILogger<ServerComplaints> logger)
{
    private const int Enough = 3;
    private const int NetworkBytes = 8;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly bool _areProbed = options.Value.Ice.ProbeInterval > TimeSpan.Zero;
    private readonly Lock _gate = new();
    private readonly Dictionary<KnownUrl, List<Complaint>> _complaints = [];
    private readonly Dictionary<KnownUrl, long> _heeded = [];

    public void Add(KnownUrl url, int errorCode, Session session)
    {
        if (!_areProbed || !IsServersFault(errorCode) || session.Address is not { } address) return;
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_heeded.TryGetValue(url, out var last) && time.GetElapsedTime(last, now) < Window) return;
            if (!_complaints.TryGetValue(url, out var complaints)) _complaints.Add(url, complaints = []);
            complaints.RemoveAll(complaint => time.GetElapsedTime(complaint.At, now) >= Window);
            var network = NetworkOf(address);
            var user = session.Caller.User ?? network;
            if (complaints.Exists(complaint => complaint.User == user || complaint.Network == network)) return;
            complaints.Add(new Complaint(now, user, network));
            if (complaints.Count < Enough) return;

            complaints.Clear();
            _heeded[url] = now;
            if (url.Health.Suspect()) LogSuspected(url.Text);
        }
    }

    /// <summary>A refused credential is more likely the client's own fault: it has expired.</summary>
    private static bool IsServersFault(int errorCode) => errorCode is
        StunError.Unreachable or StunError.AllocationQuotaReached or StunError.ServerError or StunError.InsufficientCapacity;

    /// <summary>One host has a whole /64 of IPv6.</summary>
    private static string NetworkOf(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily is AddressFamily.InterNetworkV6 ? Convert.ToHexString(plain.GetAddressBytes().AsSpan(..NetworkBytes)) : plain.ToString();
    }

    [LoggerMessage(54, LogLevel.Warning, "Several users at several addresses report failures of {Url}; probing it")]
    private partial void LogSuspected(string url);

    private readonly record struct Complaint(long At, string User, string Network);
}
