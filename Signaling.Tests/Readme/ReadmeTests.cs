namespace Signaling.Tests.Readme;

internal sealed class ReadmeTests
{
    private const string Examples = "Signaling.Tests/Readme/ReadmeExamples.cs";

    [TestCase("README.md")]
    [TestCase("Signaling.Client/README.md")]
    public void Each_snippet_of_a_README_is_one_that_is_compiled_and_run(string readme)
    {
        var run = Snippets.OfSource(Examples).Values.Select(AsShown).ToArray();
        var shown = Snippets.OfReadme(readme);

        shown.Should().NotBeEmpty();
        foreach (var snippet in shown) run.Should().Contain(snippet);
    }

    [Test]
    public void Each_example_is_shown_in_a_README()
    {
        var shown = Snippets.OfReadme("README.md").Concat(Snippets.OfReadme("Signaling.Client/README.md")).ToArray();

        foreach (var (name, example) in Snippets.OfSource(Examples)) shown.Should().Contain(AsShown(example), "of the region {0}", name);
    }

    /// <summary>The one thing in which they differ: a README names a hub, the examples run on the test's own.</summary>
    private static string AsShown(string example) => example.Replace("HubUrl", "\"https://signaling.example.com/signaling\"", StringComparison.Ordinal);
}
