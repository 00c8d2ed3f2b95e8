using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Signaling.Contracts;
using Signaling.Hub.Access;
using Signaling.Hub.Ice;
using Signaling.Hub.Limits;
using Signaling.Hub.Protocol;
using Signaling.Hub.Rooms;
using Signaling.Hub.Sessions;

namespace Signaling.Hub;

/// <summary>What the hub is made of.</summary>
public static class SignalingServices
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds the signaling hub, configured by the section <see cref="SignalingOptions.Section"/> and then by <paramref name="configure"/>.</summary>
    public static IServiceCollection AddSignaling(this IServiceCollection services, Action<SignalingOptions>? configure = null) => services
        .AddOptionsOfSignaling(configure)
        .AddSingleton(TimeProvider.System)
        .AddAccess()
        .AddSessions()
        .AddRooms()
        .AddIce()
        .AddHub()
        .AddHealthChecks().Services;

    private static IServiceCollection AddOptionsOfSignaling(this IServiceCollection services, Action<SignalingOptions>? configure)
    {
        services.AddOptions<SignalingOptions>()
            .BindConfiguration(SignalingOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .Configure(configure ?? (_ => { }))
            .ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<SignalingOptions>, SignalingOptionsValidator>()
            .AddSingleton<IValidateOptions<SignalingOptions>, RequireKeys>();
    }

    private static IServiceCollection AddAccess(this IServiceCollection services) => services
        .AddSingleton<KeyRing>()
        .AddSingleton<TokenValidator>()
        .AddSingleton<TokenMinter>();

    private static IServiceCollection AddSessions(this IServiceCollection services) => services
        .AddSingleton<HubLifetimeManager<SignalingHub>, ClientConnections>()
        .AddSingleton<SessionFactory>();

    private static IServiceCollection AddRooms(this IServiceCollection services) => services.AddSingleton<RoomRegistry>();

    private static IServiceCollection AddIce(this IServiceCollection services) => services.AddSingleton<IceServers>();

    private static IServiceCollection AddHub(this IServiceCollection services)
    {
        services.AddSignalR()
            .AddJsonProtocol(json => json.PayloadSerializerOptions = SignalingJson.Options)
            .AddHubOptions<SignalingHub>(hub =>
            {
                hub.MaximumReceiveMessageSize = StrictJsonHubProtocol.HardLimit;
                hub.HandshakeTimeout = HandshakeTimeout;
                hub.AddFilter<HubGuard>();
            });
        return services
            .AddSingleton<IHubProtocol, StrictJsonHubProtocol>()
            .AddSingleton<HubGuard>()
            .AddLogging(SilenceExpectedFailures);
    }

    /// <summary>SignalR logs every refusal as an error with its stack; <see cref="HubGuard"/> logs what an operator needs.</summary>
    private static void SilenceExpectedFailures(ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore.SignalR.HubConnectionHandler", LogLevel.Critical)
        .AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.Critical);
}
