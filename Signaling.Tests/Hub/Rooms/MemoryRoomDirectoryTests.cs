using Microsoft.Extensions.Time.Testing;
using Signaling.Hub.Rooms.Directory;

namespace Signaling.Tests.Hub.Rooms;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class MemoryRoomDirectoryTests : RoomDirectorySpecification
{
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryRoomDirectory _directory;

    public MemoryRoomDirectoryTests() => _directory = new(_time);

    private protected override IRoomDirectory Directory => _directory;

    private protected override Task OutliveReuseGraceAsync()
    {
        _time.Advance(Grace);
        return Task.CompletedTask;
    }
}
