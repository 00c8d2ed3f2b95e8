namespace Signaling.Hub.Sessions;

/// <summary>Remembers when a connect request has come: the hub itself hears of it only after upgrade and handshake.</summary>
internal static class RequestClock
{
    private static readonly object Key = new();

    public static void StampRequests(this IEndpointConventionBuilder hub, TimeProvider time) => hub.Add(endpoint =>
    {
        var next = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = context =>
        {
            context.Items[Key] = time.GetTimestamp();
            return next(context);
        };
    });

    /// <summary>A timestamp of the clock; 0 when it is not known.</summary>
    public static long StampOf(HttpContext request) => request.Items[Key] as long? ?? 0;
}
