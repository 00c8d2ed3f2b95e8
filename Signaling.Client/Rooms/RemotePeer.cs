using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Signaling.Client.Connection;
using Signaling.Client.Rooms;
using Signaling.Client.Rooms.Ice;
using Signaling.Client.Rooms.Links;
using Signaling.Client.Telemetry;
using Signaling.Contracts;

namespace Signaling.Client;

/// <summary>Another participant of a room.</summary>
/// <remarks>
/// <para>A send completes when the hub has accepted the signal. A signal that cannot go out now (no connection, the hub asks to wait) is kept and sent
/// when it can; one that got lost on its way to a peer that acknowledges (<see cref="IsReliable"/>) is sent again, so that everything arrives once and in order.
/// To other peers it is sent once, and again only where the connection ended before the hub had answered. While this peer cannot be reached, its signals wait; those
/// to others go on.</para>
/// <para>Sends throw <see cref="SignalingException"/>: <see cref="ErrorCode.PeerNotInRoom"/> when the peer has left, <see cref="ErrorCode.MessageTooLarge"/>
/// over 64 KiB, <see cref="ErrorCode.InvalidSignal"/> for one that breaks a rule, and <see cref="ErrorCode.NotInRoom"/> when this client rejoined before it
/// could tell whether the signal arrived. Cancelling takes a signal back while it waits; later it may still arrive. Members are thread-safe.</para>
/// <para>In a relay-only room (<see cref="Room.IceTransportPolicy"/>) candidates that are not relayed are left out of what is sent and of what arrives, in
/// descriptions too.</para>
/// </remarks>
public sealed class RemotePeer
{
    private readonly Room room;
    private readonly MessageQueue<Signal> queue;
    private CandidateBatch candidates;
    private PeerLink link;
    private PeerInfo info;
    private long knownAt;
    private volatile string? offer;

    internal RemotePeer(Room room, PeerInfo info, PeerLink link)
    {
        this.room = room;
        this.info = info;
        this.link = link;
        knownAt = room.Time.Milliseconds();
        candidates = new(room.Gate, link.Post);
        queue = new(room.Gate, () => this.link.DeliverHeld(Deliver), room.MessageDropped);
    }

    /// <summary>Its id; unique for all time.</summary>
    public string Id => info.Id;

    /// <summary>The user that the hub has verified by token; <c>null</c> for a guest.</summary>
    public string? User => info.User;

    /// <summary>The display name that it gives itself; unverified.</summary>
    public string? Name => info.Name;

    /// <summary>The state that it shows to the others; empty when it shows none.</summary>
    public IReadOnlyDictionary<string, string> Attributes => Volatile.Read(ref info).Attributes ?? Room.NoAttributes;

    /// <summary>Whether it has a connection now. One that is <see cref="PeerState.Reconnecting"/> or <see cref="PeerState.Unreachable"/> comes back as the same peer or leaves.</summary>
    public PeerState State => Volatile.Read(ref info).State ?? PeerState.Connected;

    /// <summary>Whether it acknowledges signals, so that each arrives exactly once and in order.</summary>
    public bool IsReliable => info.Acks;

    /// <summary>
    /// The descriptions and candidates that it sends, in order. Goes on over lost connections. Ends when the peer leaves, and when this client rejoins the room: its next signals belong
    /// to a new call, for which this is read anew.
    /// </summary>
    /// <remarks>
    /// Holds 256. Until someone reads, the oldest makes way for the newest. A reader that falls that far behind slows the peer down when it
    /// <see cref="IsReliable"/>; of another peer, what does not fit is lost. Several readers share the signals between them.
    /// </remarks>
    public IAsyncEnumerable<Signal> Signals => queue.ReadAllAsync(taken: Taken);

    internal PeerLink Link => link;

    /// <summary>Sends an offer.</summary>
    /// <param name="sdp">Begins with <c>v=0</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task SendOfferAsync(string sdp, CancellationToken cancellationToken = default) =>
        SendAsync(new SessionDescription { Type = SdpType.Offer, Sdp = sdp }, cancellationToken);

    /// <summary>Sends the answer to an offer.</summary>
    /// <param name="sdp">Begins with <c>v=0</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task SendAnswerAsync(string sdp, CancellationToken cancellationToken = default) =>
        SendAsync(new SessionDescription { Type = SdpType.Answer, Sdp = sdp }, cancellationToken);

    /// <summary>Takes an offer back.</summary>
    public Task SendRollbackAsync(CancellationToken cancellationToken = default) => SendAsync(new SessionDescription { Type = SdpType.Rollback }, cancellationToken);

    /// <summary>Sends a session description of any type.</summary>
    public Task SendAsync(SessionDescription description, CancellationToken cancellationToken = default) =>
        SendAsync(OutgoingSignal.Of(Tellable(description ?? throw new ArgumentNullException(nameof(description))), offer), cancellationToken);

    /// <summary>
    /// Sends ICE candidates in the order in which they were gathered. No need to collect them: those that come while others are on their way to the hub go
    /// out together.
    /// </summary>
    public async Task SendCandidatesAsync(IReadOnlyList<IceCandidate> gathered, CancellationToken cancellationToken = default)
    {
        if (gathered is null) throw new ArgumentNullException(nameof(gathered));
        cancellationToken.ThrowIfCancellationRequested();
        CandidateBatch batch;
        lock (room.Gate) batch = candidates;
        await room.OrCancelledAsync(Task.WhenAll(batch.Add(Tellable(gathered)).Select(signal => signal.Accepted)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends app data: any JSON value but <c>null</c>.</summary>
    public Task SendDataAsync(JsonElement data) => SendDataAsync(data, CancellationToken.None);

    /// <inheritdoc cref="SendDataAsync(JsonElement)"/>
    public Task SendDataAsync(JsonElement data, CancellationToken cancellationToken) =>
        SendAsync(OutgoingSignal.Of(Room.NotNull(data)), cancellationToken);

    /// <summary>Sends app data of a type for which the app has source-generated JSON metadata.</summary>
    public Task SendDataAsync<T>(T data, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        SendDataAsync(JsonSerializer.SerializeToElement(data, type), cancellationToken);

    /// <summary>The display name, or the id.</summary>
    public override string ToString() => Name ?? Id;

    /// <summary>The way to and from this peer as of now.</summary>
    internal PeerCall Call()
    {
        lock (room.Gate) return new(room, room.PeerId, Id, knownAt, link, candidates, queue.ReadAllAsync(queue.Epoch));
    }

    /// <returns>Whether it can be reached again.</returns>
    internal bool Update(PeerInfo update)
    {
        var before = State;
        Volatile.Write(ref info, update);
        return before is not PeerState.Connected && State is PeerState.Connected;
    }

    /// <summary>Call under the room's lock.</summary>
    internal void Receive(Signal signal) => link.Receive(signal, Deliver);

    internal void DeliverHeld() => link.DeliverHeld(Deliver);

    /// <summary>This client is a new peer: waiting app data moves over, everything else ended with the old one. Call under the room's lock.</summary>
    internal void Relink(PeerLink next, SignalingException reason)
    {
        queue.Restart();
        var unsent = link.Close(reason);
        link = next;
        knownAt = room.Time.Milliseconds();
        candidates = new(room.Gate, next.Post);
        foreach (var signal in unsent)
        {
            if (signal.Data is null) signal.Fail(reason);
            else next.Post(signal);
        }
    }

    /// <summary>Call under the room's lock.</summary>
    internal void Close(SignalingException reason)
    {
        foreach (var unsent in link.Close(reason)) unsent.Fail(reason);
        queue.Complete();
    }

    private Task SendAsync(OutgoingSignal signal, CancellationToken cancellationToken)
    {
        lock (room.Gate)
        {
            candidates.Flush();
            return link.SendAsync(signal, cancellationToken);
        }
    }

    private bool Deliver(Signal signal)
    {
        if (signal.Data is { } data) return room.Deliver(new(this, data, signal.TraceParent));
        var description = signal.Description is { } told ? Tellable(told) : null;
        var gathered = signal.Candidates is { } some ? Tellable(some) : null;
        return gathered is { Count: 0 } || queue.TryAdd(signal with { Description = description, Candidates = gathered });
    }

    private Signal Taken(Signal signal)
    {
        var traceParent = Spans.Receive(Spans.KindOf(signal), signal.TraceParent);
        if (signal.Description?.Type is SdpType.Offer) offer = traceParent;
        return ReferenceEquals(traceParent, signal.TraceParent) ? signal : signal with { TraceParent = traceParent };
    }

    private SessionDescription Tellable(SessionDescription description) => room.IsRelayOnly ? RelayOnly.Filter(description) : description;

    private IReadOnlyList<IceCandidate> Tellable(IReadOnlyList<IceCandidate> gathered) => room.IsRelayOnly ? RelayOnly.Filter(gathered) : gathered;
}
