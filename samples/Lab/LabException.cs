namespace Signaling.Lab;

/// <summary>Something that the lab needs does not work; the message is for the user.</summary>
internal sealed class LabException(string message, Exception? reason = null) : Exception(message, reason);
