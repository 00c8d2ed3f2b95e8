using System.Diagnostics;

namespace Signaling.Lab.Processes;

/// <summary>A program that runs to its end.</summary>
internal static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What it has written.</summary>
    /// <exception cref="InvalidOperationException">It has failed; the message holds its words.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string input = "", TimeSpan? within = null)
    {
        using var patience = new CancellationTokenSource(within ?? Patience, TimeProvider.System);
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} {string.Join(' ', process.StartInfo.ArgumentList)}: {await errors}{await output}");
    }
}
