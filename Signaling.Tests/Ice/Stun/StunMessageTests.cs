using System.Net;
using Signaling.Hub.Ice.Stun;
using Signaling.Hub.Ice.Stun.Messages;

namespace Signaling.Tests.Ice.Stun;

/// <summary>The codec against the test vectors of RFC 5769, whose wire format RFC 8489 keeps.</summary>
internal sealed class StunMessageTests
{
    private const string LongTermRequest =
        "000100602112a44278ad3433c6ad72c029da412e"
        + "00060012e3839ee38388e383aae38383e382afe382b90000"
        + "0015001c662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f726700"
        + "00080014f67024656dd64a3e02b8e0712e85c9a28ca89666";

    private const string Ipv4Response =
        "0101003c2112a442b7e7a701bc34d686fa87dfae"
        + "8022000b7465737420766563746f7220"
        + "002000080001a147e112a643"
        + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7"
        + "80280004c07d4c96";

    private const string Ipv6Response =
        "010100482112a442b7e7a701bc34d686fa87dfae"
        + "8022000b7465737420766563746f7220"
        + "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
        + "00080014a382954e4be67bf11784c97c8292c275bfe3ed41"
        + "80280004c8fb0b4c";

    [Test]
    public void A_request_with_long_term_credentials_is_signed_as_in_RFC_5769()
    {
        var request = new StunRequest(StunMethod.Binding) { TransactionId = Convert.FromHexString("78ad3433c6ad72c029da412e") }
            .Add(StunAttribute.Username, "マトリックス")
            .Add(StunAttribute.Nonce, "f//499k954d6OL34oL9FSTvy64sA")
            .Add(StunAttribute.Realm, "example.org")
            .Sign(new StunKey("マトリックス", "example.org", "TheMatrIX"));

        Convert.ToHexStringLower(request.ToBytes()).Should().Be(LongTermRequest);
    }

    [Test]
    public void A_signed_message_is_told_from_one_that_was_changed()
    {
        var bytes = Convert.FromHexString(LongTermRequest);
        var key = new StunKey("マトリックス", "example.org", "TheMatrIX");

        StunMessage.Parse(bytes)!.IsSignedWith(key).Should().BeTrue();
        StunMessage.Parse(bytes)!.IsSignedWith(new StunKey("マトリックス", "example.org", "TheMatrix")).Should().BeFalse();
        bytes[30] ^= 1;
        StunMessage.Parse(bytes)!.IsSignedWith(key).Should().BeFalse();
    }

    [TestCase(Ipv4Response, "192.0.2.1:32853")]
    [TestCase(Ipv6Response, "[2001:db8:1234:5678:11:2233:4455:6677]:32853")]
    public void An_address_is_read_as_in_RFC_5769(string response, string address)
    {
        var message = StunMessage.Parse(Convert.FromHexString(response))!;

        (message.Class, message.Method).Should().Be((StunClass.Success, StunMethod.Binding));
        message.XorAddress(StunAttribute.XorMappedAddress).Should().Be(IPEndPoint.Parse(address));
    }

    [Test]
    public void What_comes_behind_the_signature_does_not_count()
    {
        var signed = Convert.FromHexString(Ipv4Response)[..^8]; // Without FINGERPRINT.
        byte[] forged = [.. signed[..20], .. signed[36..48], .. signed[48..], 0x00, 0x09, 0x00, 0x04, 0x00, 0x00, 0x04, 0x01];
        forged[3] = (byte)(forged.Length - 20);

        StunMessage.Parse(forged)!.ErrorCode.Should().BeNull();
    }

    [TestCase(StunClass.Request, StunMethod.Allocate, (ushort)0x0003)]
    [TestCase(StunClass.Success, StunMethod.Allocate, (ushort)0x0103)]
    [TestCase(StunClass.Error, StunMethod.Refresh, (ushort)0x0114)]
    [TestCase(StunClass.Error, StunMethod.Binding, (ushort)0x0111)]
    public void The_class_lies_between_the_bits_of_the_method(StunClass kind, StunMethod method, ushort type)
    {
        var header = new byte[20];

        StunHeader.Write(header, kind, method, new byte[12], 0);

        (header[0], header[1]).Should().Be(((byte)(type >> 8), (byte)type));
        StunHeader.Read(header).Should().Be((kind, method));
    }
}
