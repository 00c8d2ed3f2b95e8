using FsCheck.Fluent;
using Signaling.Hub.Ice.Stun;
using Signaling.Hub.Ice.Stun.Messages;

namespace Signaling.Tests.Ice.Stun;

/// <summary>Whatever a server answers, a probe ends, says so, and throws nothing.</summary>
internal sealed class StunFuzzTests
{
    private const int Rounds = 20_000;
    private const int Answers = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

    [Test]
    public void Any_bytes_are_parsed_or_turned_away() => FsCheck.Check.QuickThrowOnFailure(Prop.ForAll<byte[]>(bytes => { Read(bytes); }));

    [TestCase(8489)]
    public void A_message_with_wounds_is_parsed_or_turned_away(int seed)
    {
        var random = new Random(seed);
        var (parsed, refused) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            if (Read(Wounded(random))) parsed++;
            else refused++;
        }

        parsed.Should().BePositive();
        refused.Should().BePositive();
    }

    [TestCase("udp")]
    [TestCase("tcp")]
    public async Task A_probe_survives_a_server_that_answers_with_garbage(string transport)
    {
        var random = new Random(8656);
        await using var server = new FakeServer(request => [random.Next(3) == 0 ? Noise(random) : Wounded(random, request)]);
        var probe = new StunProbe(TimeProvider.System);

        for (var round = 0; round < Answers; round++)
        {
            (await probe.RunAsync(server.Url(transport), [new("user", "password")], Patience, CancellationToken.None)).Problem.Should().NotBeNull();
        }
    }

    /// <returns>Whether it is a message; all of it is read then.</returns>
    private static bool Read(byte[] bytes)
    {
        if (StunMessage.Parse(bytes) is not { } message) return false;
        _ = (message.ErrorCode, message.Text(StunAttribute.Realm), message.Text(StunAttribute.Nonce));
        _ = (message.XorAddress(StunAttribute.XorMappedAddress), message.XorAddress(StunAttribute.XorRelayedAddress));
        message.IsSignedWith(new StunKey("user", "realm", "password")).Should().BeFalse();
        return true;
    }

    private static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(1, 200)];
        random.NextBytes(noise);
        return noise;
    }

    private static byte[] Wounded(Random random, byte[]? request = null)
    {
        var bytes = random.Next(2) == 0
            ? Answer.Challenge(request ?? new byte[20], 401, "nonce")
            : Answer.To(request ?? new byte[20], StunClass.Success, (StunAttribute.XorRelayedAddress, Answer.Address()), (StunAttribute.MessageIntegrity, new byte[random.Next(30)]));
        for (var wounds = random.Next(1, 4); wounds > 0; wounds--)
        {
            // Lengths and types hurt most.
            bytes[random.Next(4) == 0 ? random.Next(bytes.Length) : random.Next(20, Math.Min(28, bytes.Length))] = (byte)random.Next(256);
        }

        return random.Next(10) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
