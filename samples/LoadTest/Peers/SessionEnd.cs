using Signaling.LoadTest.Connections;

namespace Signaling.LoadTest.Peers;

/// <summary>How a session ended: by its own wish when there is no failure.</summary>
internal readonly record struct SessionEnd(bool Joined, ConnectFailure? Failure);
