using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signaling.Hub;

namespace Signaling.Tests.Hub;

/// <summary>What a hub is made of, without a server around it and without its background services running.</summary>
internal static class HubServices
{
    public static ServiceProvider Create(Action<SignalingOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var collection = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton<IHostEnvironment>(new Environment())
            .AddSingleton<IWebHostEnvironment>(new Environment())
            .AddLogging()
            .AddSignaling(configure);
        services?.Invoke(collection);
        return collection.BuildServiceProvider();
    }

    private sealed class Environment : IWebHostEnvironment
    {
        public string ApplicationName { get; set; } = "Signaling.Tests";

        public string EnvironmentName { get; set; } = Environments.Development;

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public string WebRootPath { get; set; } = AppContext.BaseDirectory;

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = new Microsoft.Extensions.FileProviders.NullFileProvider();

        public Microsoft.Extensions.FileProviders.IFileProvider WebRootFileProvider { get; set; } = new Microsoft.Extensions.FileProviders.NullFileProvider();
    }
}
