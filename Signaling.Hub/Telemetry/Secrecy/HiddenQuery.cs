using Microsoft.AspNetCore.Http.Features;
using Signaling.Contracts;

namespace Signaling.Hub.Telemetry.Secrecy;

/// <summary>
/// Keeps tokens, names and rooms that stand in a connect request's query out of everything that writes requests down, from the host's first line on. Parsed, the
/// query is there as ever; as text it is not.
/// </summary>
internal sealed class HiddenQuery(IServiceProvider services) : IHttpContextFactory
{
    private static readonly object Key = new();

    private readonly DefaultHttpContextFactory _inner = new(services);

    /// <summary>The query of a request; even of SignalR's copy of one that polls, which has the text of the query and no features.</summary>
    public static IQueryCollection Of(HttpContext context) => context.Items[Key] as IQueryCollection ?? context.Request.Query;

    public HttpContext Create(IFeatureCollection featureCollection)
    {
        var context = _inner.Create(featureCollection);
        if (context.Request.QueryString.HasValue && IsSecret(context.Request)) Hide(context.Request);
        return context;
    }

    public void Dispose(HttpContext httpContext) => _inner.Dispose(httpContext);

    /// <summary>A token may also be sent to a path that is none of the hub's, by mistake.</summary>
    private static bool IsSecret(HttpRequest request) =>
        request.Path.Value?.Contains(SignalingEndpoints.HubPath, StringComparison.OrdinalIgnoreCase) is true
        || request.Query.ContainsKey(ConnectQuery.AccessToken)
        || request.Query.ContainsKey(ConnectQuery.ResumeToken);

    private static void Hide(HttpRequest request)
    {
        request.HttpContext.Items[Key] = request.Query;
        request.HttpContext.Features.Set<IQueryFeature>(new QueryFeature(request.Query));
        request.QueryString = QueryString.Empty;
        if (request.HttpContext.Features.Get<IHttpRequestFeature>() is { } raw) raw.RawTarget = raw.RawTarget.Split('?')[0];
    }
}
