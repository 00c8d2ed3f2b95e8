namespace Signaling.LoadTest.Connections;

internal sealed class HubUnreachableException(string message) : Exception(message);
