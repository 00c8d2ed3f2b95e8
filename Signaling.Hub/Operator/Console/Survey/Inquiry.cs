namespace Signaling.Hub.Operator.Console.Survey;

/// <summary>What has come back for one watcher and was not taken yet.</summary>
internal sealed class Inquiry(TimeProvider time)
{
    // More nodes do not answer between two rounds; what does not fit comes with the next one.
    private const int MostWaiting = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _askedAt = new(StringComparer.Ordinal);
    private readonly List<Heard> _own = [];
    private readonly List<(string Region, byte[] Text, long At)> _arrived = [];

    /// <summary>Whether a region owes no answer. From now on it does.</summary>
    public bool MayAsk(string region)
    {
        lock (_gate)
        {
            if (_askedAt.TryGetValue(region, out var at) && time.GetElapsedTime(at) < NodeSurvey.Patience) return false;
            _askedAt[region] = time.GetTimestamp();
            return true;
        }
    }

    /// <summary>This node's own answer.</summary>
    public void Add(Answer answer)
    {
        lock (_gate) _own.Add(new(answer, time.GetTimestamp()));
    }

    /// <summary>The answer of a node of a region, whatever it calls itself. It is read by who takes it: the backplane does not wait.</summary>
    public void Add(string region, byte[] text)
    {
        lock (_gate)
        {
            _askedAt.Remove(region);
            if (_arrived.Count < MostWaiting) _arrived.Add((region, text, time.GetTimestamp()));
        }
    }

    public IReadOnlyList<Heard> Take()
    {
        Heard[] own;
        (string Region, byte[] Text, long At)[] arrived;
        lock (_gate)
        {
            (own, arrived) = ([.. _own], [.. _arrived]);
            _own.Clear();
            _arrived.Clear();
        }

        return [.. own, .. arrived.Select(one => (one.Region, Answer: SurveyText.Read<Answer>(one.Text), one.At)).Where(one => one.Answer is not null).Select(one => new Heard(one.Answer! with { Region = one.Region }, one.At))];
    }
}

/// <param name="Answer">What a node has said.</param>
/// <param name="At">When it was heard, a timestamp of this node's clock.</param>
internal readonly record struct Heard(Answer Answer, long At);
