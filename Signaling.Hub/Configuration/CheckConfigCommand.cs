using System.CommandLine;
using Microsoft.Extensions.Options;

namespace Signaling.Hub.Configuration;

/// <summary><c>checkconfig</c>: tells whether the hub would start with this configuration, and everything that is wrong with it.</summary>
internal static class CheckConfigCommand
{
    public static Command Create(Func<IServiceProvider> services)
    {
        var command = new Command("checkconfig", "Check the configuration as the start does, and print OK or every problem.") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction(_ => Check(services()));
        return command;
    }

    /// <returns>The exit code.</returns>
    private static int Check(IServiceProvider services)
    {
        var problems = ConfigurationCheck.ProblemsOf(
            services.GetRequiredService<IConfiguration>(), services.GetServices<IValidateOptions<SignalingOptions>>());
        foreach (var problem in problems) Console.Error.WriteLine(problem);
        if (problems.Count > 0) return 1;

        _ = services.GetRequiredService<IOptions<SignalingOptions>>().Value; // The start's own word; throws when it has found more.
        Console.Out.WriteLine($"OK (environment {services.GetRequiredService<IHostEnvironment>().EnvironmentName})");
        return 0;
    }
}
