using Signaling.Hub.Operator.Console.Survey;

namespace Signaling.Hub.Operator.Console.Views;

/// <summary>The nodes that answer one watcher.</summary>
internal sealed class KnownNodes(TimeProvider time)
{
    private readonly Dictionary<string, KnownNode> _nodes = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _answering = [];

    /// <summary>In an order that stays.</summary>
    public IReadOnlyList<KnownNode> All => [.. _nodes.OrderBy(node => node.Value.Answer.Region, StringComparer.Ordinal).ThenBy(node => node.Key, StringComparer.Ordinal).Select(node => node.Value)];

    /// <summary>Takes in answers, and forgets who gives none.</summary>
    /// <returns>Whether others answer now than before, or one was forgotten.</returns>
    public bool Heard(IEnumerable<Heard> answers)
    {
        foreach (var heard in answers)
        {
            if (!_nodes.TryGetValue(heard.Answer.Instance, out var node)) _nodes.Add(heard.Answer.Instance, node = new KnownNode(time));
            node.Heard(heard);
        }

        var gone = _nodes.Where(node => node.Value.IsGone).Select(node => node.Key).ToArray();
        foreach (var instance in gone) _nodes.Remove(instance);
        var before = _answering;
        _answering = [.. _nodes.Where(node => node.Value.Answers).Select(node => node.Key).Order(StringComparer.Ordinal)];
        return gone.Length > 0 || !_answering.SequenceEqual(before);
    }
}
