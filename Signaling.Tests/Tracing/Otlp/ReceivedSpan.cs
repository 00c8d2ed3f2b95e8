using System.Globalization;

namespace Signaling.Tests.Tracing.Otlp;

/// <summary>A span as it came by OTLP (opentelemetry/proto/trace/v1/trace.proto), and the resource that it is of.</summary>
internal sealed record ReceivedSpan(string TraceId, string Id, string ParentId, string Name, int Kind, IReadOnlyDictionary<string, string> Attributes, IReadOnlyDictionary<string, string> Resource)
{
    private static readonly string[] Kinds = ["unspecified", "internal", "server", "client", "producer", "consumer"];

    /// <summary>What it did and where: <c>signaling-hub seoul: SignalingHub/Send (server)</c>.</summary>
    public override string ToString() => $"{Resource["service.name"]} {Resource.GetValueOrDefault("cloud.region", "-")}: {Name} ({Kinds[Kind]})";

    /// <summary>Reads an ExportTraceServiceRequest.</summary>
    public static IEnumerable<ReceivedSpan> ReadAll(ReadOnlyMemory<byte> request) =>
        Protobuf.Fields(request).Where(field => field.Number is 1).SelectMany(OfResource);

    private static IEnumerable<ReceivedSpan> OfResource(Protobuf.Field group)
    {
        var resource = AttributesOf(group.Message.First(field => field.Number is 1), 1);
        return group.Message.Where(field => field.Number is 2)
            .SelectMany(scope => scope.Message.Where(field => field.Number is 2))
            .Select(span => Read(span, resource));
    }

    private static ReceivedSpan Read(Protobuf.Field span, IReadOnlyDictionary<string, string> resource)
    {
        var fields = span.Message.Where(field => field.Number is not 9).ToLookup(field => field.Number);
        return new(
            fields[1].Single().Hex, fields[2].Single().Hex, fields[4].Select(parent => parent.Hex).SingleOrDefault(""), fields[5].Single().Text, (int)fields[6].Single().Value, AttributesOf(span, 9), resource);
    }

    private static Dictionary<string, string> AttributesOf(Protobuf.Field message, int number) => message.Message
        .Where(field => field.Number == number)
        .Select(field => field.Message.ToDictionary(part => part.Number))
        .ToDictionary(pair => pair[1].Text, pair => Value(pair[2].Message.First()));

    private static string Value(Protobuf.Field value) => value.Number is 1 ? value.Text : value.Value.ToString(CultureInfo.InvariantCulture);
}
