using System.Net;

namespace Signaling.LoadTest.Connections;

/// <summary>Where a hub is: its URL, and the socket addresses that answered.</summary>
internal sealed record HubAddress(Uri Url, IReadOnlyList<IPEndPoint> EndPoints)
{
    private const string DefaultPath = "/signaling";

    public bool IsSecure => Url.Scheme == Uri.UriSchemeHttps;

    /// <summary>Reads a hub's URL. Without a path it gets the hub's own.</summary>
    public static bool TryParse(string text, out Uri url)
    {
        url = new Uri("http://localhost");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var given)) return false;
        var scheme = given.Scheme switch { "http" or "ws" => Uri.UriSchemeHttp, "https" or "wss" => Uri.UriSchemeHttps, _ => null };
        if (scheme is null || given.Query.Length > 0) return false;
        var path = given.AbsolutePath is "/" ? DefaultPath : given.AbsolutePath;
        url = new UriBuilder(scheme, given.Host, given.IsDefaultPort ? -1 : given.Port, path).Uri;
        return true;
    }
}
