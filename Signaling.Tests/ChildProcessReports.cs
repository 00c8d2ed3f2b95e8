
namespace Signaling.Tests;

/// <summary>What a child process wrote goes into the report of the test that ends it, which shows it when the test fails.</summary>
[SetUpFixture]
internal sealed class ChildProcessReports
{
    [OneTimeSetUp]
    public void Subscribe() => ChildProcess.Reporter = text => TestContext.Out.WriteLine(text);
}
