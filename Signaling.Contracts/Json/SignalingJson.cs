using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signaling.Contracts;

/// <summary>The one way in which messages become JSON, on both sides.</summary>
public static class SignalingJson
{
    /// <summary>
    /// Source-generated metadata for every message; camelCase; absent instead of <c>null</c>; unknown fields ignored; a repeated
    /// field, a missing required one and nesting beyond 32 levels refused. SDP is not escaped beyond what JSON demands.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(SignalingJsonContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>Source-generated JSON metadata for every message of the contract, for trimmed and AOT-compiled apps.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    MaxDepth = 32)]
[JsonSerializable(typeof(JoinRequest))]
[JsonSerializable(typeof(RoomRequest))]
[JsonSerializable(typeof(Signal))]
[JsonSerializable(typeof(AttributesUpdate))]
[JsonSerializable(typeof(Ping))]
[JsonSerializable(typeof(Pong))]
[JsonSerializable(typeof(Welcome))]
[JsonSerializable(typeof(Roster))]
[JsonSerializable(typeof(PeerJoined))]
[JsonSerializable(typeof(PeerLeft))]
[JsonSerializable(typeof(PeerUpdated))]
[JsonSerializable(typeof(PeerStateChanged))]
[JsonSerializable(typeof(Removed))]
[JsonSerializable(typeof(GoingAway))]
[JsonSerializable(typeof(IceServerList))]
[JsonSerializable(typeof(ConnectionReport))]
[JsonSerializable(typeof(RegionList))]
internal sealed partial class SignalingJsonContext : JsonSerializerContext;
