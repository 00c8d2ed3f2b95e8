using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Contracts;
using Signaling.Tests.Client;

namespace Signaling.Tests.Browser.Ice;

/// <summary>Takes down each connection report on its way into the hub.</summary>
internal sealed class RecordedReports : IHubFilter
{
    public Observed<ConnectionReport> All { get; } = new();

    public void AddTo(IServiceCollection services) => services.Configure<HubOptions>(options => options.AddFilter(this));

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var result = await next(invocationContext); // What the hub refuses does not count.
        if (invocationContext.HubMethodArguments is [ConnectionReport report]) await All.Handle(report);
        return result;
    }
}
