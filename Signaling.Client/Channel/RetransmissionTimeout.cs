namespace Signaling.Client.Channel;

/// <summary>How long to wait for an acknowledgement, in milliseconds (RFC 6298 with the bounds of PROTOCOL.md).</summary>
internal sealed class RetransmissionTimeout
{
    private const double Initial = 1_000;
    private const double Least = 300;
    private const double Most = 10_000;
    private const double LeastVariation = 100;

    private double smoothed = -1;
    private double variation;
    private double measured = Initial;
    private double current = Initial;

    public long Milliseconds => (long)Math.Ceiling(current);

    public void Sample(double roundTrip)
    {
        if (smoothed < 0)
        {
            smoothed = roundTrip;
            variation = roundTrip / 2;
        }
        else
        {
            variation = 0.75 * variation + 0.25 * Math.Abs(smoothed - roundTrip);
            smoothed = 0.875 * smoothed + 0.125 * roundTrip;
        }

        measured = Math.Min(Most, Math.Max(Least, smoothed + Math.Max(LeastVariation, 4 * variation)));
    }

    public void Double() => current = Math.Min(Most, current * 2);

    public void Reset() => current = measured;
}
