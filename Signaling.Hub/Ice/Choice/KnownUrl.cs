using Signaling.Hub.Ice.Health;

namespace Signaling.Hub.Ice.Choice;

/// <summary>One URL of a server, and how it is.</summary>
/// <param name="Text">As configured.</param>
/// <param name="Url">Taken apart.</param>
/// <param name="Health">What is known of it.</param>
internal sealed record KnownUrl(string Text, IceUrl Url, UrlHealth Health);
