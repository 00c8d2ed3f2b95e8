using System.Runtime.InteropServices;

namespace Signaling.Hub.Sessions.Draining;

/// <summary>The executable's answer to signals: SIGTERM drains, then stops; SIGINT and SIGQUIT, and a second SIGTERM, stop at once.</summary>
internal sealed class DrainingLifetime(Drain drain, IHostApplicationLifetime host) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnTerminate));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnStop));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGQUIT, OnStop));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }

    private void OnTerminate(PosixSignalContext context)
    {
        context.Cancel = true;
        if (drain.HasBegun) host.StopApplication();
        else _ = DrainAsync();
    }

    private void OnStop(PosixSignalContext context)
    {
        context.Cancel = true;
        host.StopApplication();
    }

    private async Task DrainAsync()
    {
        await drain.RunAsync();
        host.StopApplication();
    }
}
