using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Signaling.Contracts;
using Signaling.Hub.Telemetry.Metrics;

namespace Signaling.Hub.Protocol;

/// <summary>SignalR's JSON protocol with a stable error code for everything that is wrong with a message.</summary>
/// <remarks>
/// A message that is too large but not absurd is still parsed, so that its sender learns which invocation it was and keeps its
/// connection; beyond <see cref="HardLimit"/> the connection is closed.
/// </remarks>
internal sealed class StrictJsonHubProtocol(IOptions<JsonHubProtocolOptions> options, LimitMetrics metrics) : IHubProtocol
{
    public const string JsonName = "json";

    public const int HardLimit = 2 * SignalingLimits.MaxMessageBytes;

    private const int SeparatorBytes = 1;

    private readonly JsonHubProtocol _json = new(options);

    public string Name => _json.Name;

    public int Version => _json.Version;

    public TransferFormat TransferFormat => _json.TransferFormat;

    public bool IsVersionSupported(int version) => _json.IsVersionSupported(version);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _json.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _json.GetMessageBytes(message);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var available = input.Length;
        long before;
        try
        {
            do
            {
                before = input.Length;
                if (_json.TryParseMessage(ref input, binder, out message)) break;
            }
            while (input.Length < before); // SignalR skips a message of a kind that it does not know, and would leave what follows unread.

            if (message is null) return available < HardLimit ? false : throw Counted(TooLarge()).ForWire();
        }
        catch (Exception failure) when (failure is not HubException)
        {
            throw Counted(new Refusal(ErrorCode.MalformedMessage, "The connection sent something that is no message of the SignalR JSON protocol.")).ForWire();
        }

        message = message switch
        {
            StreamInvocationMessage call => Refuse(call, new Refusal(ErrorCode.UnknownMethod, "The hub has no streaming methods.")),
            InvocationMessage call when before - input.Length - SeparatorBytes > SignalingLimits.MaxMessageBytes => Refuse(call, TooLarge()),
            InvocationMessage call when call.Arguments.Contains(null) => Refuse(call, new Refusal(ErrorCode.InvalidArgument, "An argument is null.")),
            InvocationBindingFailureMessage failed => Explain(failed),
            _ => message,
        };
        return true;
    }

    private InvocationBindingFailureMessage Refuse(HubMethodInvocationMessage call, Refusal refusal) =>
        new(call.InvocationId, call.Target, ExceptionDispatchInfo.Capture(Counted(refusal).ForWire()));

    /// <summary>SignalR answers a method it does not know with a plain <see cref="HubException"/>, and wrong arguments with any other exception.</summary>
    private InvocationBindingFailureMessage Explain(InvocationBindingFailureMessage failed)
    {
        var why = failed.BindingFailure.SourceException is HubException
            ? new Refusal(ErrorCode.UnknownMethod, "The hub has no such method.")
            : new Refusal(ErrorCode.InvalidArgument, "The arguments do not fit the method: " + FirstLine(failed.BindingFailure.SourceException));
        return new(failed.InvocationId, failed.Target, ExceptionDispatchInfo.Capture(Counted(why).ForWire()));
    }

    private static string FirstLine(Exception failure) =>
        (failure.InnerException ?? failure).Message.Split('\n', 2)[0];

    private static Refusal TooLarge() =>
        new(ErrorCode.MessageTooLarge, $"A message has at most {SignalingLimits.MaxMessageBytes} bytes.");

    private Refusal Counted(Refusal refusal)
    {
        metrics.Refused(refusal.Code);
        return refusal;
    }
}
