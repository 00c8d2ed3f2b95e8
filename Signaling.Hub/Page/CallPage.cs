using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace Signaling.Hub.Page;

/// <summary>Serves the page at <c>/</c>.</summary>
internal static class CallPage
{
    /// <summary>The page's folder, when one is configured and built.</summary>
    public static string? FolderOf(IServiceProvider services)
    {
        if (services.GetRequiredService<IOptions<SignalingOptions>>().Value.Page.Folder is not { } configured) return null;
        var folder = Path.GetFullPath(configured, services.GetRequiredService<IHostEnvironment>().ContentRootPath);
        return File.Exists(Path.Combine(folder, "index.html")) ? folder : null;
    }

    public static void UseCallPage(this WebApplication app)
    {
        if (FolderOf(app.Services) is not { } folder) return;
        app.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(folder) });
    }
}
