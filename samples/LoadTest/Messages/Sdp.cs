using System.Text;

namespace Signaling.LoadTest.Messages;

/// <summary>Session descriptions of the size and shape that a browser makes; no engine would take them.</summary>
internal static class Sdp
{
    private const string Head =
        "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\na=extmap-allow-mixed\r\na=msid-semantic: WMS\r\n" +
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=ice-ufrag:4ZcD\r\n" +
        "a=ice-pwd:2/1muCWoOi3uLifh0NuRHlYE\r\na=ice-options:trickle\r\n" +
        "a=fingerprint:sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08\r\n" +
        "a=setup:actpass\r\na=mid:0\r\na=sendrecv\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\n" +
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\na=sendrecv\r\na=rtcp-mux\r\na=rtcp-rsize\r\n";

    /// <summary>Whole lines up to about that length.</summary>
    public static string OfLength(int length)
    {
        var sdp = new StringBuilder(Head);
        for (var payload = 96; sdp.Length < length; payload++)
        {
            sdp.Append($"a=rtpmap:{payload} VP8/90000\r\na=rtcp-fb:{payload} goog-remb\r\na=rtcp-fb:{payload} transport-cc\r\n")
                .Append($"a=rtcp-fb:{payload} nack pli\r\na=fmtp:{payload} level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\n");
        }

        return sdp.ToString();
    }
}
