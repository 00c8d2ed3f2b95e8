using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.FileProviders;
using Microsoft.Playwright;
using Signaling.Client;
using Signaling.Contracts;

namespace Signaling.Tests.Browser.Driven;

/// <summary>A real RTCPeerConnection, in the page of this folder, as the WebRTC engine of a .NET app.</summary>
internal sealed class DrivenConnection : IConfigurablePeerConnection, IMeasuredPeerConnection
{
    private const string Path = "/driven";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    private readonly IPage _page;
    private Snapshot _now = new(PeerSignalingState.Stable, null, null);

    private DrivenConnection(IPage page) => _page = page;

    public event Func<Task>? NegotiationNeeded;

    public event Func<IceCandidate, Task>? CandidateGathered;

    public event Func<Task>? ConnectionStateChanged;

    public event Func<Task>? IceStateChanged;

    public event Func<IceServerFailure, Task>? IceServerFailed;

    public string? IceState { get; private set; }

    public string? DtlsState { get; private set; }

    public PeerSignalingState SignalingState => _now.SignalingState;

    public PeerConnectionState ConnectionState { get; private set; }

    public SessionDescription? LocalDescription => _now.LocalDescription;

    public SessionDescription? RemoteDescription => _now.RemoteDescription;

    public static void Serve(WebApplication app) => app.UseFileServer(new FileServerOptions
    {
        RequestPath = Path,
        FileProvider = new PhysicalFileProvider(System.IO.Path.Combine(Repository.Root, "Signaling.Tests", "Browser", "Driven")),
    });

    public static async Task<DrivenConnection> OpenAsync(IPage page, Uri address)
    {
        var connection = new DrivenConnection(page);
        await page.ExposeFunctionAsync<string, string, Task>("tell", connection.TellAsync);
        await page.GotoAsync(new Uri(address, $"{Path}/").ToString());
        await page.WaitForFunctionAsync("window.driven");
        return connection;
    }

    public async Task SetLocalDescriptionAsync() => Take(await _page.EvaluateAsync<string>("driven.setLocalDescription()"));

    public async Task SetRemoteDescriptionAsync(SessionDescription description) =>
        Take(await _page.EvaluateAsync<string>("description => driven.setRemoteDescription(description)", JsonSerializer.Serialize(description, Json)));

    public Task AddIceCandidateAsync(IceCandidate candidate) =>
        _page.EvaluateAsync("candidate => driven.addIceCandidate(candidate)", JsonSerializer.Serialize(candidate, Json));

    public Task RestartIceAsync() => _page.EvaluateAsync("driven.restartIce()");

    public Task ConfigureIceAsync(IReadOnlyList<IceServer> servers, IceTransportPolicy policy) =>
        _page.EvaluateAsync("configuration => driven.configure(configuration)", JsonSerializer.Serialize(new { IceServers = servers, IceTransportPolicy = policy }, Json));

    public async Task<SelectedCandidatePair?> GetSelectedPairAsync()
    {
        var (dtls, pair) = JsonSerializer.Deserialize<Transport>(await _page.EvaluateAsync<string>("driven.transport()"), Json)!;
        DtlsState = dtls;
        return pair;
    }

    /// <summary>Asks for a data channel and waits until it is open.</summary>
    public Task OpenChannelAsync() => _page.EvaluateAsync("driven.openChannel()");

    public Task SayAsync(string text) => _page.EvaluateAsync("text => driven.say(text)", text);

    public Task HearsAsync(string text) => _page.WaitForFunctionAsync("text => driven.heard.includes(text)", text);

    private Task TellAsync(string name, string detail) => (name switch
    {
        "negotiationneeded" => NegotiationNeeded?.Invoke(),
        "iceconnectionstatechange" => IceChangedAsync(JsonSerializer.Deserialize<string>(detail, Json)!),
        "icecandidateerror" => IceServerFailed?.Invoke(JsonSerializer.Deserialize<IceServerFailure>(detail, Json)!),
        "icecandidate" => CandidateGathered?.Invoke(JsonSerializer.Deserialize<IceCandidate>(detail, Json)!),
        _ => ChangedAsync(JsonSerializer.Deserialize<PeerConnectionState>(detail, Json)),
    }) ?? Task.CompletedTask;

    private Task? ChangedAsync(PeerConnectionState state)
    {
        ConnectionState = state;
        return ConnectionStateChanged?.Invoke();
    }

    private Task? IceChangedAsync(string state)
    {
        IceState = state;
        return IceStateChanged?.Invoke();
    }

    private void Take(string snapshot) => _now = JsonSerializer.Deserialize<Snapshot>(snapshot, Json)!;

    private sealed record Transport(string? Dtls, SelectedCandidatePair? Pair);

    private sealed record Snapshot(PeerSignalingState SignalingState, SessionDescription? LocalDescription, SessionDescription? RemoteDescription);
}
