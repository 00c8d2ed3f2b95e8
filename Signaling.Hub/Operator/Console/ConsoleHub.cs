using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Signaling.Contracts;
using Signaling.Hub.Operator.Console.Survey;
using Signaling.Hub.Operator.Console.Views;

namespace Signaling.Hub.Operator.Console;

/// <summary>What the operator's page watches. Read-only, and of operators only: <see cref="ConsoleEndpoints"/> lets nobody else in.</summary>
internal sealed class ConsoleHub(Overview overview, HistoryWatch history, RoomSearch search, RoomWatch rooms, StreamPlaces places) : Microsoft.AspNetCore.SignalR.Hub
{
    public IAsyncEnumerable<OverviewView> Overview(CancellationToken cancellation) => Admit(overview.WatchAsync(cancellation), cancellation);

    public IAsyncEnumerable<HistoryView> History(CancellationToken cancellation) => Admit(history.WatchAsync(cancellation), cancellation);

    public IAsyncEnumerable<RoomsView> Rooms(RoomsQuestion question, CancellationToken cancellation)
    {
        var text = question?.Text ?? "";
        if (text.Length > SignalingLimits.MaxIdLength) throw new HubException($"A text to look for has at most {SignalingLimits.MaxIdLength} characters.");
        if (question?.Region?.Length > SignalingLimits.MaxIdLength) throw new HubException($"A region's name has at most {SignalingLimits.MaxIdLength} characters.");
        return Admit(search.WatchAsync(new(text, Math.Clamp(question?.Max ?? RoomsReader.MostRooms, 1, RoomsReader.MostRooms), question?.Region), cancellation), cancellation);
    }

    public IAsyncEnumerable<RoomView> Room(string id, CancellationToken cancellation) =>
        SignalingIds.IsValid(id) ? Admit(rooms.WatchAsync(id, cancellation), cancellation) : throw new HubException("This is no id of a room.");

    private async IAsyncEnumerable<T> Admit<T>(IAsyncEnumerable<T> views, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var place = places.Take(Context.ConnectionId);
        await foreach (var view in views.WithCancellation(cancellation)) yield return view;
    }
}
