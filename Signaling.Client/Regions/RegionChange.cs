using Signaling.Contracts;

namespace Signaling.Client;

/// <summary>The client is connected to another region than before.</summary>
/// <param name="Previous">The region before; <c>null</c> for the first one.</param>
/// <param name="Current">The region now. Give it to <see cref="SignalingClientOptions.PreferredRegion"/> of a client to come.</param>
public sealed record RegionChange(RegionInfo? Previous, RegionInfo Current);
