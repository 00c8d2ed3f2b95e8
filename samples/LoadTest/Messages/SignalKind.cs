namespace Signaling.LoadTest.Messages;

internal enum SignalKind
{
    Data,
    Offer,
    Answer,
    Candidates,
}
