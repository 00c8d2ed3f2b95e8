namespace Signaling.Client.Channel;

/// <summary>What one end of a channel sends the other: a numbered signal (empty when the hub refused its content), or an acknowledgement alone.</summary>
internal readonly record struct Frame<TPayload>(long? Seq, long Ack, TPayload? Payload) where TPayload : class;
