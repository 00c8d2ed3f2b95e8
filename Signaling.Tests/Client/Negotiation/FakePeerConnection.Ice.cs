using Signaling.Client;
using Signaling.Contracts;

namespace Signaling.Tests.Client.Negotiation;

/// <summary>What an engine may tell and take beside the negotiation.</summary>
internal sealed partial class FakePeerConnection : IConfigurablePeerConnection, IMeasuredPeerConnection
{
    public event Func<Task>? IceStateChanged;

    public event Func<IceServerFailure, Task>? IceServerFailed;

    public string? IceState { get; private set; }

    public string? DtlsState { get; set; }

    public SelectedCandidatePair? SelectedPair { get; set; }

    /// <summary>What it was given, with the description that it had then.</summary>
    public Observed<(IReadOnlyList<IceServer> Servers, IceTransportPolicy Policy, SessionDescription? Described)> Configurations { get; } = new();

    /// <summary>Awaited before the servers are taken.</summary>
    public Task Configuring { get; set; } = Task.CompletedTask;

    public async Task ConfigureIceAsync(IReadOnlyList<IceServer> servers, IceTransportPolicy policy)
    {
        await Configuring;
        await Configurations.Handle((servers, policy, LocalDescription));
    }

    public Task<SelectedCandidatePair?> GetSelectedPairAsync() => Task.FromResult(SelectedPair);

    public void IceBecome(string state)
    {
        IceState = state;
        IceStateChanged?.Invoke();
    }

    public void FailAtServer(string url, int code) => IceServerFailed?.Invoke(new() { Url = url, ErrorCode = code });
}
