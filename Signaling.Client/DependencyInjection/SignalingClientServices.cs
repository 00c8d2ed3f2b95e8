using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signaling.Client.Connection;

namespace Signaling.Client;

/// <summary>A <see cref="SignalingClient"/> from the app's container.</summary>
public static class SignalingClientServices
{
    /// <summary>
    /// Adds a singleton <see cref="SignalingClient"/>, which logs to the container's <see cref="ILoggerFactory"/>, runs on its <see cref="TimeProvider"/>, and leaves its
    /// rooms when the container is disposed (with <see cref="IAsyncDisposable.DisposeAsync"/>, as hosts do). It connects when a room is joined.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="url">Absolute, such as <c>https://example.com/signaling</c>.</param>
    /// <param name="configure">How to connect; runs when the client is first asked for, and has the last word on the logger factory and the clock.</param>
    /// <exception cref="ArgumentException">The URL is not absolute, or neither http nor https.</exception>
    public static IServiceCollection AddSignalingClient(
        this IServiceCollection services, string url, Action<IServiceProvider, SignalingClientOptions>? configure = null)
    {
        var hub = Check(url);
        return services.AddSingleton(provider => Create(provider, hub, configure));
    }

    /// <summary>The same under a key, for an app that talks to several hubs: <c>[FromKeyedServices("key")] SignalingClient client</c>.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="serviceKey">Tells the clients apart.</param>
    /// <param name="url">Absolute, such as <c>https://example.com/signaling</c>.</param>
    /// <param name="configure">How to connect; runs when the client is first asked for, and has the last word on the logger factory and the clock.</param>
    /// <exception cref="ArgumentException">The URL is not absolute, or neither http nor https.</exception>
    public static IServiceCollection AddKeyedSignalingClient(
        this IServiceCollection services, object serviceKey, string url, Action<IServiceProvider, SignalingClientOptions>? configure = null)
    {
        var hub = Check(url);
        return services.AddKeyedSingleton(serviceKey, (provider, _) => Create(provider, hub, configure));
    }

    /// <summary>A wrong URL shows at start-up and not when the first room is joined.</summary>
    private static Uri Check(string url) => ConnectUrl.Normalize(new Uri(url ?? throw new ArgumentNullException(nameof(url)), UriKind.RelativeOrAbsolute));

    private static SignalingClient Create(IServiceProvider provider, Uri hub, Action<IServiceProvider, SignalingClientOptions>? configure)
    {
        var options = new SignalingClientOptions();
        if (provider.GetService<ILoggerFactory>() is { } loggers) options.LoggerFactory = loggers;
        if (provider.GetService<TimeProvider>() is { } time) options.TimeProvider = time;
        configure?.Invoke(provider, options);
        return new(hub, options);
    }
}
