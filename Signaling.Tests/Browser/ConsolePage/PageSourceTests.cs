namespace Signaling.Tests.Browser.ConsolePage;

/// <summary>The page's own code, which nothing compiles.</summary>
internal sealed class PageSourceTests
{
    [Test]
    public async Task The_types_of_the_page_are_sound()
    {
        var page = Path.Combine(Repository.Root, "Signaling.Hub", "Operator", "Console", "Page");

        await Command.RunAsync("npm", ["run", "--silent", "check", "--prefix", page], within: TimeSpan.FromMinutes(2));
    }
}
