using System.ComponentModel.DataAnnotations;

namespace Signaling.Hub.Rooms;

/// <summary>Rooms.</summary>
public sealed class RoomOptions
{
    /// <summary>Most peers in a room.</summary>
    [Range(1, 1000)]
    public int Capacity { get; set; } = 50;
}
