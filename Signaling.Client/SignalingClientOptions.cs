using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Signaling.Contracts;

namespace Signaling.Client;

/// <summary>How a <see cref="SignalingClient"/> connects. Read when the client is created; later changes have no effect.</summary>
public sealed class SignalingClientOptions
{
    /// <summary>
    /// Gives the token for a connection; called anew for each, so that an expired one is replaced. <c>null</c> to connect as a guest, which only a hub
    /// in Development allows.
    /// </summary>
    public Func<CancellationToken, ValueTask<string?>>? TokenProvider { get; set; }

    /// <summary>
    /// Negotiate the transport, with Server-Sent Events and long polling as fallbacks: for networks that break WebSockets, at the price of one round
    /// trip more and of sticky sessions. Off by default: WebSockets at once.
    /// </summary>
    public bool Negotiate { get; set; }

    /// <summary>How long to wait between tries to connect. Full jitter by default.</summary>
    public ReconnectPolicy ReconnectPolicy { get; set; } = new FullJitterReconnectPolicy();

    /// <summary>How long one try to connect and join may take. 15 s by default.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Time between pings, which measure the round trip and find lost roster changes. 15 s by default.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A connection that does not answer a ping for this long is given up. 15 s by default.</summary>
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The same for the ping that <see cref="SignalingClient.NotifyNetworkChanged"/> sends. 2 s by default.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Ask the hub at the client's URL which regions the service has, and use the nearest. Needless for a client that is given its regions. Off by default.
    /// </summary>
    public bool DiscoverRegions { get; set; }

    /// <summary>
    /// The region to connect to at once; the others are measured behind. Such as <see cref="SignalingClient.NearestRegion"/> of the last run. <c>null</c>, the default: all are
    /// measured first.
    /// </summary>
    public RegionInfo? PreferredRegion { get; set; }

    /// <summary>Whether to go back to the nearest region after it had failed. While alone by default.</summary>
    public RegionReturn ReturnToNearest { get; set; } = RegionReturn.WhenAlone;

    /// <summary>For how long a region has to be ready, and clearly nearer than the one in use, before the client goes back. 60 s by default.</summary>
    public TimeSpan ReturnAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Where event handlers run, such as an app's UI thread. <c>null</c>, the default: on the thread pool.</summary>
    public SynchronizationContext? EventContext { get; set; }

    /// <summary>Last word on SignalR's connection: proxy, headers, certificates, message handlers.</summary>
    public Action<HttpConnectionOptions>? ConfigureConnection { get; set; }

    /// <summary>Where to log, SignalR included. Nowhere by default.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>The clock behind every timer.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
