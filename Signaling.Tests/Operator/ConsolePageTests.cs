using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Hub.Operator.Console;

namespace Signaling.Tests.Operator;

/// <summary>The page's files, from a folder of the test's own.</summary>
internal sealed class ConsolePageTests
{
    private static readonly HttpClient Http = new(new HttpClientHandler { AllowAutoRedirect = false });

    private string _folder = null!;
    private WebApplication _app = null!;

    private Uri Address => new(_app.Urls.First());

    [SetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory().FullName;
        await File.WriteAllTextAsync(Path.Combine(_folder, "index.html"), "<title>console</title>");
        await File.WriteAllTextAsync(Path.Combine(_folder, "page.js"), "export {};");
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        _app = builder.Build();
        _app.MapConsolePage(_folder);
        await _app.StartAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase("/operator/console/", "text/html", "<title>console</title>")]
    [TestCase("/operator/console/index.html", "text/html", "<title>console</title>")]
    [TestCase("/operator/console/page.js", "text/javascript", "export {};")]
    public async Task Files_are_served_with_headers_that_let_only_themselves_run(string path, string type, string content)
    {
        using var answer = await Http.GetAsync(new Uri(Address, path));

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.Should().Be(type);
        (await answer.Content.ReadAsStringAsync()).Should().Be(content);
        answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("default-src 'self'").And.Contain("frame-ancestors 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
    }

    [Test]
    public async Task Without_the_slash_one_is_sent_on_and_keeps_the_query()
    {
        using var answer = await Http.GetAsync(new Uri(Address, "/operator/console?room=math-101"));

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        new Uri(new Uri(Address, "/operator/console"), answer.Headers.Location!).PathAndQuery.Should().Be("/operator/console/?room=math-101");
    }

    [TestCase("/operator/console/nothing.js")]
    [TestCase("/operator/console/..%2f..%2fetc/passwd")]
    [TestCase("/operator/consoles")]
    public async Task What_is_not_of_the_page_is_not_found(string path)
    {
        using var answer = await Http.GetAsync(new Uri(Address, path));

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }
}
