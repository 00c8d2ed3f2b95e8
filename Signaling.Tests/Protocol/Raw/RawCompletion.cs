using System.Text.Json;

namespace Signaling.Tests.Protocol.Raw;

/// <summary>How an invocation ended.</summary>
internal sealed class RawCompletion(JsonElement frame)
{
    public RawError? Error { get; } = frame.TryGetProperty("error", out var error) ? RawError.Parse(error.GetString()!) : null;

    /// <summary>The result of an invocation that must have succeeded.</summary>
    public JsonElement Result => Succeeded().frame.GetProperty("result");

    /// <summary>The code of an invocation that must have failed.</summary>
    public string Code => Error?.Code ?? throw new AssertionException($"The invocation succeeded: {frame}");

    public (RawCompletion Completion, JsonElement frame) Succeeded() =>
        Error is null ? (this, frame) : throw new AssertionException($"The invocation failed: {Error}");
}
