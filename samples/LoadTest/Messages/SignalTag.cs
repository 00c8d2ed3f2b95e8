using System.Buffers.Text;
using System.Globalization;
using System.Text.Unicode;

namespace Signaling.LoadTest.Messages;

/// <summary>
/// What tells one signal from all others, and when it was meant to leave. It travels in the signal's <c>traceparent</c>, which the hub
/// passes on untouched, and is a valid one (not sampled): <c>00-run sender time-seq-00</c> in hexadecimal.
/// </summary>
internal readonly record struct SignalTag(uint Run, int Sender, long Seq, TimeSpan Intended) : IUtf8SpanFormattable
{
    private const int Length = 55;
    private const int RunAt = 3;
    private const int SenderAt = 11;
    private const int TimeAt = 19;
    private const int TimeEnd = 35;
    private const int SeqAt = 36;
    private const int SeqEnd = 52;

    public bool TryFormat(Span<byte> target, out int written, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        Utf8.TryWrite(target, CultureInfo.InvariantCulture, $"00-{Run:x8}{Sender:x8}{Intended.Ticks:x16}-{Seq:x16}-00", out written);

    public static bool TryRead(ReadOnlySpan<byte> text, out SignalTag tag)
    {
        tag = default;
        if (text.Length != Length || !text.StartsWith("00-"u8) || !text.EndsWith("-00"u8)) return false;
        if (!Hex(text[RunAt..SenderAt], out var run) || !Hex(text[SenderAt..TimeAt], out var sender)) return false;
        if (!Hex(text[TimeAt..TimeEnd], out var ticks) || !Hex(text[SeqAt..SeqEnd], out var seq)) return false;
        tag = new SignalTag((uint)run, (int)sender, seq, TimeSpan.FromTicks(ticks));
        return true;
    }

    private static bool Hex(ReadOnlySpan<byte> text, out long value) =>
        Utf8Parser.TryParse(text, out value, out var used, 'x') && used == text.Length;
}
