using System.Text;

namespace Signaling.Tests.Protocol.Fuzz;

/// <summary>Bytes that are no message, or were one once. The same seed gives the same bytes.</summary>
internal sealed class Mutation(int seed)
{
    private static readonly byte[][] Messages = [.. new[]
    {
        """{"type":1,"invocationId":"1","target":"Join","arguments":[{"room":"fuzz","name":"Mina","attributes":{"muted":"true"},"acks":true}]}""",
        """{"type":1,"invocationId":"2","target":"Leave","arguments":[{"room":"fuzz"}]}""",
        """{"type":1,"invocationId":"3","target":"Send","arguments":[{"room":"fuzz","to":"x","description":{"type":"offer","sdp":"v=0\r\n"},"seq":1,"ack":0}]}""",
        """{"type":1,"invocationId":"4","target":"Send","arguments":[{"room":"fuzz","to":"x","candidates":[{"candidate":"candidate:1","sdpMid":"0","sdpMLineIndex":0}]}]}""",
        """{"type":1,"invocationId":"5","target":"Send","arguments":[{"room":"fuzz","data":{"chat":"hi"},"seqs":{"x":1}}]}""",
        """{"type":1,"invocationId":"6","target":"SetAttributes","arguments":[{"room":"fuzz","attributes":{"muted":null}}]}""",
        """{"type":1,"invocationId":"7","target":"GetRoster","arguments":[{"room":"fuzz"}]}""",
        """{"type":1,"invocationId":"8","target":"Ping","arguments":[{"roundTripMs":12.5}]}""",
        """{"type":6}""",
        """{"type":7,"error":"bye"}""",
    }.Select(message => Encoding.UTF8.GetBytes(message + '\u001e'))];

    private static readonly string[] Splinters =
        ["\"", "{", "}", "[", "]", ":", ",", "null", "true", "-1", "1e999", "99999999999999999999", "\\u0000", "\\ud800", "\u001e", "\u001e\u001e", "\0", "type", "room"];

    private readonly Random _random = new(seed);

    public bool Chance(int percent) => _random.Next(100) < percent;

    public byte[] Noise()
    {
        var noise = new byte[_random.Next(1, 2000)];
        _random.NextBytes(noise);
        return noise;
    }

    /// <summary>A good message with one to eight wounds.</summary>
    public byte[] Message()
    {
        var bytes = Messages[_random.Next(Messages.Length)].ToList();
        for (var wounds = _random.Next(0, 8); wounds >= 0 && bytes.Count > 0; wounds--) Wound(bytes);
        return [.. bytes];
    }

    private void Wound(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count);
        var length = _random.Next(1, Math.Min(20, bytes.Count - at) + 1);
        switch (_random.Next(5))
        {
            case 0: bytes[at] = (byte)_random.Next(256); break;
            case 1: bytes[at] ^= (byte)(1 << _random.Next(7)); break;
            case 2: bytes.RemoveRange(at, length); break;
            case 3: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            default: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Splinters[_random.Next(Splinters.Length)])); break;
        }
    }
}
