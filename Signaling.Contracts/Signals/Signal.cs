using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signaling.Contracts;

/// <summary>
/// What one peer sends another. It carries at most one of <see cref="Description"/>, <see cref="Candidates"/> and <see cref="Data"/>;
/// none makes it a bare acknowledgement.
/// </summary>
public sealed record Signal
{
    /// <summary>The room that sender and receiver share.</summary>
    public required string Room { get; init; }

    /// <summary>The sender's peer id. Stamped by the hub; what a client writes here is ignored.</summary>
    public string? From { get; init; }

    /// <summary>The receiver's peer id. Absent only for app data to the whole room.</summary>
    public string? To { get; init; }

    /// <summary>An offer, an answer or a rollback.</summary>
    public SessionDescription? Description { get; init; }

    /// <summary>ICE candidates, 1 to 64, in the order in which they were gathered.</summary>
    public IReadOnlyList<IceCandidate>? Candidates { get; init; }

    /// <summary>App data: any JSON value but <c>null</c>.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>Position in the sender's stream to this receiver, from 1; absent for at-most-once delivery.</summary>
    public long? Seq { get; init; }

    /// <summary>
    /// For app data to the whole room: the <see cref="Seq"/> of each receiver's copy, by peer id. Read by the hub, never delivered.
    /// </summary>
    public IReadOnlyDictionary<string, long>? Seqs { get; init; }

    /// <summary>The highest <see cref="Seq"/> up to which the sender has received everything from this receiver.</summary>
    public long? Ack { get; init; }

    /// <summary>W3C Trace Context of the send, so that one trace spans both peers.</summary>
    [JsonPropertyName("traceparent")]
    public string? TraceParent { get; init; }
}
