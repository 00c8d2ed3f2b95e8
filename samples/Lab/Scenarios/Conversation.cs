using Signaling.Lab.Clients;

namespace Signaling.Lab.Scenarios;

/// <summary>Two peers that see each other in a room of their own.</summary>
internal sealed record Conversation(LabPeer One, LabPeer Other) : IAsyncDisposable
{
    public static async Task<Conversation> BeginAsync(
        string room, (AgentProcess Agent, Uri Hub) one, (AgentProcess Agent, Uri Hub) other, CancellationToken cancellation)
    {
        var conversation = new Conversation(await one.Agent.JoinAsync(one.Hub, room, cancellation), await other.Agent.JoinAsync(other.Hub, room, cancellation));
        await Task.WhenAll(
            conversation.One.SightAsync(conversation.Other, cancellation), conversation.Other.SightAsync(conversation.One, cancellation));
        return conversation;
    }

    /// <summary>Both send so many signals at the same time.</summary>
    public async Task<(IReadOnlyList<double> There, IReadOnlyList<double> Back)> TalkAsync(int count, TimeSpan interval, CancellationToken cancellation)
    {
        var back = Other.SendAsync(One, count, interval, cancellation);
        var there = await One.SendAsync(Other, count, interval, cancellation);
        return (there, await back);
    }

    public async ValueTask DisposeAsync()
    {
        await One.LeaveAsync(CancellationToken.None);
        await Other.LeaveAsync(CancellationToken.None);
    }
}
