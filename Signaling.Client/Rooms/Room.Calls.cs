using Signaling.Client.Rooms;
using Signaling.Client.Rooms.Ice;
using Signaling.Contracts;

namespace Signaling.Client;

/// <summary>What calls need of the room beside signals: ICE servers, and to whom to report.</summary>
public sealed partial class Room
{
    private const int MostReportTries = 3;

    private readonly RoomIce roomIce;
    private volatile bool reportsUnknown;

    /// <summary>
    /// STUN and TURN servers for calls in this room; fetched anew, after some 80 % of their time, before the credentials in it expire
    /// (<see cref="IceServersChanged"/>).
    /// </summary>
    public IceServerList Ice => Current.Ice;

    /// <summary>
    /// Which candidates calls in this room may use. <see cref="Contracts.IceTransportPolicy.Relay"/> where peers must not learn each other's addresses: signals then
    /// carry relayed candidates only, whatever the connection gathers.
    /// </summary>
    public IceTransportPolicy IceTransportPolicy => Current.IceTransportPolicy ?? IceTransportPolicy.All;

    internal RoomCalls Calls { get; } = new();

    internal RoomIce FreshIce => roomIce;

    internal bool IsRelayOnly => Volatile.Read(ref welcome)?.IceTransportPolicy is IceTransportPolicy.Relay;

    /// <summary>Fetches fresh STUN and TURN servers now; in time for their credentials it happens by itself.</summary>
    public async Task<IceServerList> RefreshIceAsync(CancellationToken cancellationToken = default)
    {
        var ice = await InvokeAsync<IceServerList>(nameof(ISignalingHub.GetIceServers), cancellationToken).ConfigureAwait(false);
        lock (Gate)
        {
            welcome = Current with { Ice = ice };
            TakeIce(ice);
        }

        pump.Wake();
        return ice;
    }

    /// <summary>
    /// Tells the operator how a peer connection came about. For an app without <see cref="PerfectNegotiator"/>, which reports by itself.
    /// </summary>
    /// <param name="report">What happened; <see cref="ConnectionReport.Room"/> is set to this room.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SignalingException"><see cref="ErrorCode.InvalidReport"/>; <see cref="ErrorCode.UnknownMethod"/> at an older hub; or the room is closed.</exception>
    public Task ReportConnectionAsync(ConnectionReport report, CancellationToken cancellationToken = default) =>
        ReportAsync((report ?? throw new ArgumentNullException(nameof(report))) with { Room = Id }, int.MaxValue, cancellationToken);

    /// <summary>Reports, if the hub takes reports; never fails.</summary>
    /// <param name="report">What happened.</param>
    /// <param name="last">Whether nobody waits for the answer.</param>
    internal void Report(ConnectionReport report, bool last)
    {
        if (reportsUnknown) return;
        if (!last) background.Run(() => TryReportAsync(report));
        else if (Session is { } session) _ = session.PostAsync(nameof(ISignalingHub.ReportConnection), report);
    }

    private async Task TryReportAsync(ConnectionReport report)
    {
        try
        {
            await ReportAsync(report, MostReportTries, CancellationToken.None).ConfigureAwait(false);
        }
        catch (SignalingException exception)
        {
            // An older hub does not know the method, nor will it later.
            reportsUnknown |= exception.Code is ErrorCode.UnknownMethod;
            Logger.ReportRefused(exception, report.PeerId);
        }
    }

    private Task ReportAsync(ConnectionReport report, int mostTries, CancellationToken cancellationToken) => Repeat.UntilAnsweredAsync(
        this, Time, session => session.InvokeAsync<object?>(nameof(ISignalingHub.ReportConnection), report, cancellationToken), cancellationToken, mostTries);

    /// <summary>Call under the lock.</summary>
    private void TakeIce(IceServerList ice)
    {
        if (ending is not null || !roomIce.Take(ice)) return;
        announcements.IceServersChanged = true;
        Calls.TellServersChanged();
    }
}
