using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Signaling.Contracts;
using Signaling.Hub.Access;
using Signaling.Hub.Ice;
using Signaling.Hub.Ice.Choice;
using Signaling.Hub.Ice.Health;
using Signaling.Hub.Ice.RelayOnly;
using Signaling.Hub.Ice.Reports;
using Signaling.Hub.Ice.Stun;
using Signaling.Hub.Limits;
using Signaling.Hub.Nodes;
using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Operator;
using Signaling.Hub.Operator.Console;
using Signaling.Hub.Operator.Console.History;
using Signaling.Hub.Operator.Console.Journal;
using Signaling.Hub.Operator.Console.Survey;
using Signaling.Hub.Operator.Console.Views;
using Signaling.Hub.Protocol;
using Signaling.Hub.Redis;
using Signaling.Hub.Regions;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Regions.Replicas;
using Signaling.Hub.Relay;
using Signaling.Hub.Rooms;
using Signaling.Hub.Rooms.Directory;
using Signaling.Hub.Sessions;
using Signaling.Hub.Sessions.Draining;
using Signaling.Hub.Telemetry;
using Signaling.Hub.Telemetry.Metrics;
using Signaling.Hub.Telemetry.Metrics.Expiry;
using Signaling.Hub.Telemetry.Secrecy;
using Signaling.Hub.Telemetry.Tracing;

namespace Signaling.Hub;

/// <summary>What the hub is made of.</summary>
public static class SignalingServices
{
    private const int ConsoleMessageBytes = 4096;

    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds the signaling hub, configured by the section <see cref="SignalingOptions.Section"/> and then by <paramref name="configure"/>.</summary>
    public static IServiceCollection AddSignaling(this IServiceCollection services, Action<SignalingOptions>? configure = null) => services
        .AddOptionsOfSignaling(configure)
        .AddSingleton(TimeProvider.System)
        .AddHubMetrics()
        .AddAccess()
        .AddSessions()
        .AddRooms()
        .AddRelay()
        .AddNodes()
        .AddRegions()
        .AddIce()
        .AddHub()
        .AddReadiness()
        .AddOperator()
        .AddConsole()
        .AddSecrecy()
        .AddTracing();

    private static IServiceCollection AddOptionsOfSignaling(this IServiceCollection services, Action<SignalingOptions>? configure)
    {
        services.AddOptions<SignalingOptions>()
            .BindConfiguration(SignalingOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .Configure(configure ?? (_ => { }))
            .ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<SignalingOptions>, SignalingOptionsValidator>()
            .AddSingleton<IValidateOptions<SignalingOptions>, RequireKeys>()
            .AddSingleton<IValidateOptions<SignalingOptions>, RedisSettingsValidator>()
            .AddSingleton<IValidateOptions<SignalingOptions>, RegionsValidator>();
    }

    private static IServiceCollection AddHubMetrics(this IServiceCollection services) => services
        .AddMetrics()
        .AddSingleton<MetricsRegistry>()
        .AddSingleton<ConnectionMetrics>()
        .AddSingleton<JoinMetrics>()
        .AddSingleton<RelayMetrics>()
        .AddSingleton<ClientMetrics>()
        .AddSingleton<IceMetrics>()
        .AddSingleton<LimitMetrics>()
        .AddSingleton<DrainMetrics>()
        .AddSingleton<NodeMetrics>()
        .AddSingleton<RegionMetrics>()
        .AddSingleton<StateMetrics>()
        .AddSingleton<RuntimeMetrics>()
        .AddSingleton<KestrelMetrics>()
        .AddSingleton<ExpiryMetrics>()
        .AddSingleton<HubMetrics>();

    private static IServiceCollection AddAccess(this IServiceCollection services) => services
        .AddSingleton<KeyRing>()
        .AddSingleton<TokenValidator>()
        .AddSingleton<OperatorAccess>()
        .AddSingleton<TokenMinter>();

    private static IServiceCollection AddSessions(this IServiceCollection services) => services
        .AddSingleton<HubLifetimeManager<SignalingHub>, ClientConnections>()
        .AddSingleton<SessionRegistry>()
        .AddSingleton<SessionFactory>()
        .AddSingleton<Admission>()
        .AddSingleton<Drain>();

    private static IServiceCollection AddRooms(this IServiceCollection services) => services
        .AddSingleton<BackgroundWork>()
        .AddSingleton<RoomRegistry>()
        .AddSingleton<RoomRepair>()
        .AddSingleton<RoomAnnouncer>()
        .AddSingleton<Entrance>()
        .AddSingleton<Membership>()
        .AddSingleton<ResumeWindow>();

    private static IServiceCollection AddRelay(this IServiceCollection services) => services.AddSingleton<SignalRouter>();

    /// <summary>With Redis this node is one of many, without it is alone; which of the two is known once the options are.</summary>
    private static IServiceCollection AddNodes(this IServiceCollection services) => services
        .AddSingleton<NodeNames>()
        .AddSingleton<NodeProtocol>()
        .AddSingleton(provider => OwnRedis(provider.GetRequiredService<IOptions<SignalingOptions>>().Value, provider))
        .AddSingleton<RedisRoomDirectory>()
        .AddSingleton<MemoryRoomDirectory>()
        .AddSingleton<IRoomDirectory>(provider => IsAlone(provider) ? provider.GetRequiredService<MemoryRoomDirectory>() : provider.GetRequiredService<RedisRoomDirectory>())
        .AddSingleton<LoneNode>()
        .AddSingleton<NodeInbox>()
        .AddSingleton<Backplane>()
        .AddSingleton<INodeNetwork>(provider => IsAlone(provider) ? provider.GetRequiredService<LoneNode>() : provider.GetRequiredService<Backplane>())
        .AddSingleton<NodeLease>()
        .AddSingleton<LostNodes>()
        .AddSingleton<Orphans>()
        .AddSingleton<Reassertion>()
        .AddSingleton<Canary>()
        .AddSingleton<NodeService>()
        .AddSingleton<NodeHealth>()
        .AddHostedService(provider => provider.GetRequiredService<NodeService>());

    private static RedisLink OwnRedis(SignalingOptions options, IServiceProvider provider) => new(
        new RedisSettings(options.Redis ?? "", RedisLink.Patience), options.Region, provider.GetRequiredService<ILoggerFactory>(), provider.GetRequiredService<TimeProvider>());

    private static IServiceCollection AddRegions(this IServiceCollection services) => services
        .AddSingleton<Reachability>()
        .AddSingleton<RegionLinks>()
        .AddSingleton<RegionInbox>()
        .AddSingleton<RegionAnnouncer>()
        .AddSingleton<RegionDigests>()
        .AddSingleton<ReplicaStore>()
        .AddSingleton<ReplicaKeeper>()
        .AddSingleton<SeatRule>()
        .AddSingleton<RegionWatch>()
        .AddSingleton<RegionDesk>()
        .AddHostedService<RegionService>();

    private static bool IsAlone(IServiceProvider services) => services.GetRequiredService<IOptions<SignalingOptions>>().Value.Redis is null;

    private static IServiceCollection AddReadiness(this IServiceCollection services) => services
        .AddHealthChecks()
        .AddCheck<DrainHealth>("drain", tags: [Health.ReadyTag])
        .AddCheck<NodeHealth>("node", tags: [Health.ReadyTag])
        .Services;

    private static IServiceCollection AddOperator(this IServiceCollection services) => services
        .AddSingleton<OperatorListener>()
        .AddHostedService(provider => provider.GetRequiredService<OperatorListener>());

    private static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddSignalR().AddHubOptions<ConsoleHub>(hub =>
        {
            hub.SupportedProtocols = [ConsoleProtocol.Name];
            hub.MaximumReceiveMessageSize = ConsoleMessageBytes;
            hub.HandshakeTimeout = HandshakeTimeout;
        });
        return services
            .AddSingleton<ConsoleProtocol>()
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<HubConnectionHandler<ConsoleHub>>(provider, provider.GetRequiredService<ConsoleProtocol>()))
            .AddSingleton<RoomJournal>()
            .AddSingleton<HubHistory>()
            .AddSingleton<Chronicle>()
            .AddSingleton<NodeCensus>()
            .AddSingleton<StatusReader>()
            .AddSingleton<RoomsReader>()
            .AddSingleton<AnswerDesk>()
            .AddSingleton<NodeSurvey>()
            .AddSingleton<Overview>()
            .AddSingleton<HistoryWatch>()
            .AddSingleton<RoomSearch>()
            .AddSingleton<RoomWatch>()
            .AddSingleton<StreamPlaces>()
            .AddHostedService<HistoryKeeper>();
    }

    private static IServiceCollection AddSecrecy(this IServiceCollection services) => services
        .AddSingleton<IHttpContextFactory, HiddenQuery>()
        .AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, SecretCategories>();

    private static IServiceCollection AddIce(this IServiceCollection services) => services
        .AddSingleton<KnownServers>()
        .AddSingleton<ServerChoice>()
        .AddSingleton<RelayOnlyRooms>()
        .AddSingleton<IceServers>()
        .AddSingleton<StunProbe>()
        .AddSingleton<ServerComplaints>()
        .AddSingleton<ConnectionReports>()
        .AddHostedService<ServerProbes>();

    private static IServiceCollection AddHub(this IServiceCollection services)
    {
        services.AddSignalR()
            .AddJsonProtocol(json => json.PayloadSerializerOptions = SignalingJson.Options)
            .AddHubOptions<SignalingHub>(hub =>
            {
                hub.SupportedProtocols = [StrictJsonHubProtocol.JsonName]; // Other nodes hand over messages as they go on the wire.
                hub.MaximumReceiveMessageSize = StrictJsonHubProtocol.HardLimit;
                hub.HandshakeTimeout = HandshakeTimeout;
                hub.AddFilter<HubGuard>();
            });
        return services
            .AddSingleton<StrictJsonHubProtocol>()
            .AddSingleton<IHubProtocol>(provider => provider.GetRequiredService<StrictJsonHubProtocol>())
            .AddSingleton<HubGuard>()
            .AddLogging(SilenceExpectedFailures);
    }

    /// <summary>
    /// SignalR logs every refusal of a connection as an error with its stack; <see cref="HubGuard"/> logs what an operator needs. A node that is not ready says so each time it is
    /// asked, and the Redis client tells of each step of each connect; <see cref="RedisLink"/> says what comes of it.
    /// </summary>
    private static void SilenceExpectedFailures(ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore.SignalR.HubConnectionHandler", LogLevel.Critical)
        .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical)
        .AddFilter("StackExchange.Redis", LogLevel.Warning);
}
