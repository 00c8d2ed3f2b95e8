using System.CommandLine;
using Microsoft.Extensions.Options;
using Signaling.Hub;
using Signaling.Hub.Access;
using Signaling.Hub.Configuration;
using Signaling.Hub.Page;
using Signaling.Hub.Sessions.Draining;

var root = new RootCommand("A WebRTC signaling hub. Without a command it serves; configuration comes from appsettings.json, Signaling__* variables and --Signaling:* arguments.")
{
    TokenCommand.Create(() => Build().Services),
    CheckConfigCommand.Create(() => Build().Services),
    OptionsCommand.Create(),
};
root.TreatUnmatchedTokensAsErrors = false;
root.SetAction((_, cancellation) => ServeAsync(cancellation));
try
{
    // The host, not the command line, answers SIGTERM: it takes the time that it needs.
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (Exception failure) when (failure is OptionsValidationException or InvalidOperationException)
{
    Console.Error.WriteLine($"Signaling.Hub cannot start: {failure.Message}");
    return 1;
}

WebApplication Build(Action<IServiceCollection>? serving = null)
{
    var builder = WebApplication.CreateBuilder(args);
    builder.Services.AddSignaling();
    serving?.Invoke(builder.Services);
    return builder.Build();
}

async Task ServeAsync(CancellationToken cancellation)
{
    await using var app = Build(services => services.AddHostedService<DevelopmentBanner>().AddSingleton<IHostLifetime, DrainingLifetime>());
    app.UseCallPage();
    app.MapSignaling();
    await app.RunAsync(cancellation);
}
