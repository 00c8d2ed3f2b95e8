using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Signaling.Hub.Telemetry.Tracing;

/// <summary>What stands for an id in a trace: the same for the same id, and of no use to find the id.</summary>
internal sealed class Pseudonyms(IOptions<SignalingOptions> options)
{
    private const int Length = 8;

    private readonly byte[] _salt = options.Value.Tracing.Salt is { } salt ? Encoding.UTF8.GetBytes(salt) : RandomNumberGenerator.GetBytes(32);

    public string Of(string id) => Convert.ToHexStringLower(HMACSHA256.HashData(_salt, Encoding.UTF8.GetBytes(id)).AsSpan(0, Length));
}
