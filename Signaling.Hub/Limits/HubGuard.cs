using Microsoft.AspNetCore.SignalR;
using Signaling.Contracts;
using Signaling.Hub.Sessions;
using Signaling.Hub.Telemetry.Metrics;

namespace Signaling.Hub.Limits;

/// <summary>Stands before every hub call: limits its rate, and lets no unexpected exception out.</summary>
internal sealed partial class HubGuard(LimitMetrics metrics, ILogger<HubGuard> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            // Whoever were refused while leaving would stay in the roster as a ghost; and it takes a join, which is limited, to leave again.
            if (invocation.HubMethodName is not nameof(ISignalingHub.Leave)) Session.Of(invocation.Context).Limiter.Acquire();
            return await next(invocation);
        }
        catch (Refusal refusal)
        {
            metrics.Refused(refusal.Code);
            throw refusal.ForWire();
        }
        catch (Exception failure)
        {
            metrics.Refused(ErrorCode.Internal);
            LogInvocationFailed(failure, invocation.HubMethodName);
            throw new Refusal(ErrorCode.Internal, "The hub failed to serve this call.").ForWire();
        }
    }

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        try
        {
            await next(context);
        }
        catch (Refusal refusal)
        {
            metrics.Refused(refusal.Code);
            LogConnectionRefused(refusal.Code);
            throw refusal.ForWire();
        }
        catch (Exception failure)
        {
            metrics.Refused(ErrorCode.Internal);
            LogInvocationFailed(failure, nameof(OnConnectedAsync));
            throw new Refusal(ErrorCode.Internal, "The hub failed to accept this connection.").ForWire();
        }
    }

    [LoggerMessage(1, LogLevel.Error, "{Method} failed")]
    private partial void LogInvocationFailed(Exception failure, string method);

    [LoggerMessage(2, LogLevel.Information, "Connection refused: {Code}")]
    private partial void LogConnectionRefused(ErrorCode code);
}
