namespace Signaling.Lab.Clients;

/// <summary>A peer of a scenario; its client is in the agent's process.</summary>
internal sealed record LabPeer(AgentProcess Agent, string Name, JoinAnswer Joined)
{
    public string Id => Joined.PeerId;

    /// <summary>Until it has seen another one; tells when that was first.</summary>
    public async Task<long> SightAsync(LabPeer other, CancellationToken cancellation) =>
        (await Agent.AskAsync(new SightOrder(Name, other.Id), cancellation)).SeenAt!.Value;

    public Task LeaveAsync(CancellationToken cancellation) => Agent.AskAsync(new LeaveOrder(Name), cancellation);

    /// <summary>Sends signals to another peer, and tells how long each took.</summary>
    public async Task<IReadOnlyList<double>> SendAsync(LabPeer to, int count, TimeSpan interval, CancellationToken cancellation)
    {
        var arriving = to.Agent.AskAsync(new CollectOrder(to.Name, count), cancellation);
        await Task.WhenAll(Agent.AskAsync(new SendOrder(Name, to.Id, count, interval.TotalMilliseconds), cancellation), arriving);
        return (await arriving).LatenciesMs!;
    }
}
