namespace Signaling.LoadTest.Measuring;

internal sealed class Counter
{
    private long value;

    public long Value => Interlocked.Read(ref value);

    public void Add() => Interlocked.Increment(ref value);
}
