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

        var generated = Directory.CreateTempSubdirectory("signaling-contracts-");

        await Generate(package, generated.FullName, cancellation);

        foreach (var file in new[] { "terms.ts", "messages.ts" })
        {
            var checkedIn = await File.ReadAllTextAsync(Path.Combine(package, "src", "contracts", file), cancellation);
            var expected = await File.ReadAllTextAsync(Path.Combine(generated.FullName, file), cancellation);
            checkedIn.Should().Be(expected, "`npm run generate` in Signaling.Client/js brings it up to date");
        }

        generated.Delete(recursive: true);
    }

    private static async Task Generate(string package, string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", ["run", "generate-contracts.cs", "--", folder])
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
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Signaling.sln"))) directory = directory.Parent;
        return directory.FullName;
    }
}
