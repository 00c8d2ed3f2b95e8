using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Signaling.Contracts;

namespace Signaling.Hub.Regions;

/// <summary><c>GET /regions</c>: where else the service can be reached. No secret, and pages of every origin may read it.</summary>
internal static class RegionsEndpoint
{
    private const string Path = "/regions";

    public static void MapRegions(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, List);

    private static JsonHttpResult<RegionList> List(HttpResponse response, IOptions<SignalingOptions> options)
    {
        response.Headers[HeaderNames.AccessControlAllowOrigin] = "*";
        response.Headers[HeaderNames.CacheControl] = "no-store";
        return TypedResults.Json(
            new RegionList
            {
                Current = options.Value.Region,
                Regions = [.. options.Value.Regions.Select(region => new RegionInfo { Name = region.Name, Url = region.Url })],
            },
            SignalingJson.Options);
    }
}
