using System.Reflection;
using Microsoft.Extensions.Logging;
using Signaling.Client;
using Signaling.Hub;

namespace Signaling.Tests.Hub;

internal sealed class LogEventTests
{
    [TestCase(typeof(SignalingOptions))]
    [TestCase(typeof(SignalingClient))]
    public void Each_log_event_of_an_assembly_has_an_id_of_its_own(Type inAssembly)
    {
        var events = inAssembly.Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => (method.Name, method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId))
            .Where(method => method.EventId is not null)
            .ToArray();

        events.Should().NotBeEmpty();
        events.GroupBy(method => method.EventId).Where(ids => ids.Count() > 1).SelectMany(ids => ids).Should().BeEmpty();
    }
}
