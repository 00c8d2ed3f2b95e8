using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.FileProviders;

namespace Signaling.Tests.Browser.Pages;

/// <summary>The built call page of the sources that these tests belong to.</summary>
internal static class CallPageFolder
{
    public static string Find()
    {
        var dist = Path.Combine(Repository.Root, "samples", "call", "dist");
        return File.Exists(Path.Combine(dist, "index.html"))
            ? dist
            : throw new InvalidOperationException("The call page is not built. Run 'npm ci && npm run build' in samples/call.");
    }

    public static void Serve(WebApplication app) =>
        app.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(Find()) });
}
