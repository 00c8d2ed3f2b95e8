using System.ComponentModel.DataAnnotations;

namespace Signaling.Hub.Nodes;

/// <summary>This node among others.</summary>
public sealed class NodeOptions
{
    /// <summary>How long the others take a node for alive that does not renew its lease, which it does three times as often.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Time between messages of a node to itself, which show that messages arrive. Two lost ones make it connect anew.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Canary { get; set; } = TimeSpan.FromSeconds(3);
}
