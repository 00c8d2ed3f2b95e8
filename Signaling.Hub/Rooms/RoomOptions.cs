using System.ComponentModel.DataAnnotations;

namespace Signaling.Hub.Rooms;

/// <summary>Rooms.</summary>
public sealed class RoomOptions
{
    /// <summary>Most peers in a room.</summary>
    [Range(1, 1000)]
    public int Capacity { get; set; } = 50;

    /// <summary>How long a peer whose connection is lost stays, so that it can resume.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ResumeWindow { get; set; } = TimeSpan.FromSeconds(30);
}
