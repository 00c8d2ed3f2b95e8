using System.Diagnostics;

namespace Signaling.Tests.Contracts;

[TestFixture]
internal sealed class TypeScriptContractsTests
{
    [Test]
    [CancelAfter(180_000)]
    public async Task The_TypeScript_contracts_are_what_the_generator_makes_of_the_CSharp_ones(CancellationToken cancellation)
    {
        var package = Path.Combine(RepositoryRoot(), "Signaling.Client", "js");

        var generated = await Generate(package, cancellation);

        var checkedIn = await File.ReadAllTextAsync(Path.Combine(package, "src", "contracts.ts"), cancellation);
        checkedIn.Should().Be(generated, "`npm run generate` in Signaling.Client/js brings it up to date");
    }

    private static async Task<string> Generate(string package, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", ["run", "generate-contracts.cs", "--", "--stdout"])
        {
            WorkingDirectory = package,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Build servers that outlive the command would keep its output open.
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        process.ExitCode.Should().Be(0, "{0}{1}", await output, await errors);
        return await output;
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Signaling.sln"))) directory = directory.Parent;
        return directory.FullName;
    }
}
