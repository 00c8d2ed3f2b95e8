using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Signaling.Contracts;

namespace Signaling.Hub.Relay;

/// <summary>Messages to clients, each serialised once however many get it.</summary>
internal static class ClientMessage
{
    public static SerializedHubMessage Welcome(Welcome welcome) => Of(nameof(ISignalingClient.Welcome), welcome);

    public static SerializedHubMessage PeerJoined(PeerJoined joined) => Of(nameof(ISignalingClient.PeerJoined), joined);

    public static SerializedHubMessage PeerLeft(PeerLeft left) => Of(nameof(ISignalingClient.PeerLeft), left);

    public static SerializedHubMessage PeerUpdated(PeerUpdated updated) => Of(nameof(ISignalingClient.PeerUpdated), updated);

    public static SerializedHubMessage PeerStateChanged(PeerStateChanged changed) => Of(nameof(ISignalingClient.PeerStateChanged), changed);

    public static SerializedHubMessage Removed(Removed removed) => Of(nameof(ISignalingClient.Removed), removed);

    public static SerializedHubMessage GoingAway(GoingAway goingAway) => Of(nameof(ISignalingClient.GoingAway), goingAway);

    public static SerializedHubMessage Signal(Signal signal) => Of(nameof(ISignalingClient.Signal), signal);

    private static SerializedHubMessage Of(string method, object argument) => new(new InvocationMessage(method, [argument]));
}
