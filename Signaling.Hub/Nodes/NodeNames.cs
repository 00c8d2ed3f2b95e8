using Signaling.Hub.Rooms.Peers;

namespace Signaling.Hub.Nodes;

/// <summary>The ids of this node. One that lost its lease goes on under a new id, so that what others did about the old one stays done.</summary>
internal sealed class NodeNames
{
    // Entries may still stand under ids lost shortly before: of peers that were arriving then, or that others have brought back.
    private const int MostFormer = 8;

    private volatile IReadOnlyList<string> _names = [PeerId.New()];

    /// <summary>The id of now.</summary>
    public string Current => _names[0];

    /// <summary>The id of now, then those under which entries may still stand.</summary>
    public IReadOnlyList<string> All => _names;

    public bool IsMine(string node) => _names.Contains(node);

    public void Renew() => _names = [PeerId.New(), .. _names.Take(MostFormer)];
}
