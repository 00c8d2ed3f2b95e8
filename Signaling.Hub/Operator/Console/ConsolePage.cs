using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Signaling.Hub.Operator.Console;

/// <summary>The page itself, as the build puts it beside the hub. It holds nothing of the service, and needs no token.</summary>
internal static class ConsolePage
{
    public const string Path = "/operator/console";

    private const string Policy = "default-src 'self'; connect-src 'self' ws: wss:; style-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static string Folder { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "console");

    public static bool IsBuilt(string folder) => File.Exists(System.IO.Path.Combine(folder, "index.html"));

    /// <summary>Serves the page at <see cref="Path"/>, if it was built.</summary>
    /// <remarks>As an endpoint, so that it is wherever operators are served.</remarks>
    public static void MapConsolePage(this IEndpointRouteBuilder endpoints, string folder)
    {
        if (!IsBuilt(folder)) return;
        var app = endpoints.CreateApplicationBuilder();
        app.Use(PrepareAsync);
        app.UseFileServer(new FileServerOptions
        {
            RequestPath = Path,
            FileProvider = new PhysicalFileProvider(folder),
            RedirectToAppendTrailingSlash = false,
            StaticFileOptions = { OnPrepareResponse = SetHeaders },
        });
        endpoints.MapMethods($"{Path}/{{**file}}", [HttpMethods.Get, HttpMethods.Head], app.Build());
    }

    private static Task PrepareAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.Value == Path)
        {
            context.Response.Redirect($"console/{context.Request.QueryString}"); // Relative: a proxy may have it under another path.
            return Task.CompletedTask;
        }

        context.SetEndpoint(null); // Files are served to requests only that no endpoint answers.
        return next(context);
    }

    private static void SetHeaders(StaticFileResponseContext file)
    {
        var headers = file.Context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers[HeaderNames.CacheControl] = "no-cache";
        headers["Referrer-Policy"] = "no-referrer";
    }
}
