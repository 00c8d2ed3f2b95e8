namespace Signaling.Hub.Ice.Stun.Messages;

/// <summary>What a message is about (RFC 8489 §18.2, RFC 8656 §17).</summary>
internal enum StunMethod
{
    Binding = 0x001,
    Allocate = 0x003,
    Refresh = 0x004,
}

/// <summary>What kind of message it is (RFC 8489 §5).</summary>
internal enum StunClass
{
    Request = 0b00,
    Indication = 0b01,
    Success = 0b10,
    Error = 0b11,
}
