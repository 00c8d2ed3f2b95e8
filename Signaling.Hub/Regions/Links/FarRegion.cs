namespace Signaling.Hub.Regions.Links;

/// <summary>Another region as this node knows it from the beats of its nodes. A link is open when it works both ways: one that works one way only would make promises that it cannot keep.</summary>
internal sealed class FarRegion(RegionLinkOptions options, TimeProvider time)
{
    private readonly Dictionary<string, FarNode> _nodes = new(StringComparer.Ordinal);
    private readonly TimeSpan _fresh = options.Beat * 2.5;
    private long _lastGood = time.GetTimestamp();
    private long? _goodSince;
    private bool _isOpen;
    private bool _isCut;

    /// <summary>Whether the link works both ways.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>The last one there and back that was measured.</summary>
    public TimeSpan? RoundTrip { get; set; }

    /// <summary>Whether it was unreachable for so long that it is given up.</summary>
    public bool IsLost { get; private set; }

    /// <summary>The nodes that were heard lately.</summary>
    public IReadOnlyList<string> Nodes => [.. _nodes.Where(node => !node.Value.IsSilent).Select(node => node.Key)];

    /// <summary>Whether any node was heard just now.</summary>
    public bool IsHeard => _nodes.Values.Any(node => time.GetElapsedTime(node.LastHeard) < _fresh);

    /// <summary>A node that was never heard may be a new one: its beat is on the way.</summary>
    public bool CanReach(string node) => !_isCut && !(_nodes.GetValueOrDefault(node)?.IsSilent is true);

    /// <summary>The last beat of one of its nodes; of another one each time, so that each gets its echo.</summary>
    public Echo? NextEcho()
    {
        var fresh = _nodes.Where(node => time.GetElapsedTime(node.Value.LastHeard) < _fresh).ToArray();
        if (fresh.Length is 0) return null;
        var (name, node) = fresh[Random.Shared.Next(fresh.Length)];
        return new(name, node.Stamp, time.GetElapsedTime(node.StampedAt));
    }

    public void Heard(string node, bool hearsUs, long stamp)
    {
        if (!_nodes.TryGetValue(node, out var known)) _nodes.Add(node, known = new FarNode());
        known.LastHeard = time.GetTimestamp();
        (known.HearsUs, known.Stamp, known.StampedAt) = (hearsUs, stamp, known.LastHeard);
    }

    public Verdict Judge(bool isLinkUp)
    {
        var silenced = JudgeNodes();
        var isGood = isLinkUp && _nodes.Values.Any(node => node.HearsUs && time.GetElapsedTime(node.LastHeard) < _fresh);
        return isGood ? Good(silenced) : Bad(silenced);
    }

    public void Forgive()
    {
        _lastGood = time.GetTimestamp();
        foreach (var node in _nodes.Values) node.LastHeard = _lastGood;
    }

    private Verdict Good(bool nodesHaveChanged)
    {
        _lastGood = time.GetTimestamp();
        _goodSince ??= _lastGood;
        if (_isOpen) return nodesHaveChanged ? Verdict.NodesChanged : Verdict.Same;
        if (_isCut && time.GetElapsedTime(_goodSince.Value) < options.Silence / 2) return Verdict.Same; // A link that comes and goes is not back yet.
        var wasLost = IsLost;
        (_isOpen, _isCut, IsLost) = (true, false, false);
        return wasLost ? Verdict.Returned : Verdict.Opened;
    }

    private Verdict Bad(bool nodesHaveChanged)
    {
        _goodSince = null;
        var silence = time.GetElapsedTime(_lastGood);
        if (!_isCut && silence > options.Silence)
        {
            (_isOpen, _isCut) = (false, true);
            return Verdict.Cut;
        }

        if (!IsLost && silence > options.Lease)
        {
            IsLost = true;
            return Verdict.Lost;
        }

        return nodesHaveChanged ? Verdict.NodesChanged : Verdict.Same;
    }

    /// <returns>Whether a node has fallen silent, or is back.</returns>
    private bool JudgeNodes()
    {
        var changed = false;
        foreach (var (name, node) in _nodes.ToArray())
        {
            var silence = time.GetElapsedTime(node.LastHeard);
            changed |= node.IsSilent != silence > options.Silence;
            node.IsSilent = silence > options.Silence;
            if (silence > options.Lease) _nodes.Remove(name);
        }

        return changed;
    }

    private sealed class FarNode
    {
        public long LastHeard { get; set; }

        public bool HearsUs { get; set; }

        /// <summary>The timestamp in its last beat, by its own clock.</summary>
        public long Stamp { get; set; }

        /// <summary>When it came, whatever is forgiven since.</summary>
        public long StampedAt { get; set; }

        public bool IsSilent { get; set; }
    }
}

/// <summary>The answer to a beat.</summary>
/// <param name="Node">Whose beat.</param>
/// <param name="Stamp">The timestamp in it.</param>
/// <param name="Held">How long ago it came.</param>
internal readonly record struct Echo(string Node, long Stamp, TimeSpan Held);

/// <summary>What has become of a region since it was judged last.</summary>
internal enum Verdict
{
    Same,

    /// <summary>One of its nodes has fallen silent, or is back.</summary>
    NodesChanged,

    /// <summary>It can be reached, again or for the first time.</summary>
    Opened,

    /// <summary>It can be reached again after it was given up.</summary>
    Returned,

    /// <summary>It cannot be reached any more.</summary>
    Cut,

    /// <summary>It is given up.</summary>
    Lost,
}
