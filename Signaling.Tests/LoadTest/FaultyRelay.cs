using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Contracts;
using Signaling.Hub;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.LoadTest;

/// <summary>Makes a hub swallow some signals, deliver some twice, and drop some of their senders, and counts what it did.</summary>
internal sealed class FaultyRelay(int loseEvery = int.MaxValue, int doubleEvery = int.MaxValue, int dropEvery = int.MaxValue) : IHubFilter
{
    private int _sends;
    private int _lost;
    private int _doubled;
    private int _dropped;

    public int Lost => _lost;

    public int Doubled => _doubled;

    public int Dropped => _dropped;

    public Task<InProcessHub> StartHubAsync() => InProcessHub.StartAsync(
        options => options.Limits.InvocationsPerSecond = 100_000,
        services: services => services.Configure<HubOptions<SignalingHub>>(hub => hub.AddFilter(this)));

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (invocation.HubMethodName is not nameof(ISignalingHub.Send)) return await next(invocation);
        var number = Interlocked.Increment(ref _sends);
        if (number % loseEvery is 0)
        {
            Interlocked.Increment(ref _lost);
            return null;
        }

        var result = await next(invocation);
        if (number % doubleEvery is 0)
        {
            Interlocked.Increment(ref _doubled);
            await next(invocation);
        }

        if (number % dropEvery is 0)
        {
            Interlocked.Increment(ref _dropped);
            invocation.Context.Abort();
        }

        return result;
    }
}
