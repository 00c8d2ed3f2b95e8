using System.Globalization;
using Signaling.Contracts;

namespace Signaling.Client.Connection;

/// <summary>The connection's URL, which joins a room without a round trip of its own.</summary>
internal static class ConnectUrl
{
    /// <summary>Checks the hub's address; WebSocket schemes become the HTTP schemes that SignalR expects.</summary>
    public static Uri Normalize(Uri url)
    {
        if (!url.IsAbsoluteUri) throw new ArgumentException("The hub's URL must be absolute, such as https://example.com/signaling.", nameof(url));
        var scheme = url.Scheme switch
        {
            "http" or "ws" => "http",
            "https" or "wss" => "https",
            _ => throw new ArgumentException($"The hub's URL must be http or https, not {url.Scheme}.", nameof(url)),
        };
        return new UriBuilder(url) { Scheme = scheme, Port = url.Port }.Uri;
    }

    /// <summary>Adds the query that joins or resumes a room.</summary>
    public static Uri WithJoin(Uri hub, JoinRequest join)
    {
        List<(string Name, string Value)> query =
        [
            (ConnectQuery.Version, ProtocolVersion.Current.ToString(CultureInfo.InvariantCulture)),
            (ConnectQuery.Acks, "1"),
            (ConnectQuery.Resumable, "1"),
            (ConnectQuery.Room, join.Room),
        ];
        if (join.Name is { } name) query.Add((ConnectQuery.Name, name));
        if (join.Rejoin) query.Add((ConnectQuery.Rejoin, "1"));
        if (join.Resume is { } resume)
        {
            query.Add((ConnectQuery.ResumePeer, resume.PeerId));
            query.Add((ConnectQuery.ResumeToken, resume.Token));
        }

        var added = string.Join("&", query.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"));
        var present = hub.Query.TrimStart('?');
        return new UriBuilder(hub) { Query = present.Length > 0 ? $"{present}&{added}" : added }.Uri;
    }
}
