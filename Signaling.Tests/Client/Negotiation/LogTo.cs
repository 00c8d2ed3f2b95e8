using Microsoft.Extensions.Logging;

namespace Signaling.Tests.Client.Negotiation;

/// <summary>A log that a test can await.</summary>
internal sealed class LogTo(Observed<LogEntry> entries) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        entries.Handle(new(formatter(state, exception), exception));

    public void Dispose()
    {
    }
}

/// <summary>A line of the log.</summary>
internal sealed record LogEntry(string Text, Exception? Exception);
