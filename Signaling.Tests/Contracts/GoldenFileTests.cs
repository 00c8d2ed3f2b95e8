using System.Reflection;
using System.Text.Json;
using Signaling.Contracts;

namespace Signaling.Tests.Contracts;

[TestFixture]
internal sealed class GoldenFileTests
{
    private static IEnumerable<string> Names => GoldenMessages.All.Keys;

    [OneTimeSetUp]
    public void RewriteWhenAsked()
    {
        if (!GoldenFile.Updating) return;
        foreach (var orphan in GoldenFile.Names().Except(Names).ToList()) GoldenFile.Delete(orphan);
        foreach (var (name, message) in GoldenMessages.All) new GoldenFile(name).Write(Write(message));
    }

    [TestCaseSource(nameof(Names))]
    public void A_message_has_exactly_the_bytes_of_its_golden_file(string name) =>
        Write(GoldenMessages.All[name]).Should().Be(new GoldenFile(name).Read(), "a change of these bytes is a change of the protocol");

    [TestCaseSource(nameof(Names))]
    public void A_golden_file_is_read_back_as_the_same_message(string name)
    {
        var message = GoldenMessages.All[name];

        var read = JsonSerializer.Deserialize(new GoldenFile(name).Read(), message.GetType(), SignalingJson.Options);

        read.Should().BeEquivalentTo(message, options => options
            .RespectingRuntimeTypes()
            .Using<JsonElement>(pair => JsonElement.DeepEquals(pair.Subject, pair.Expectation).Should().BeTrue())
            .WhenTypeIs<JsonElement>());
        Write(read!).Should().Be(Write(message));
    }

    [Test]
    public void Each_golden_file_belongs_to_a_message() => GoldenFile.Names().Should().BeEquivalentTo(Names);

    [TestCaseSource(typeof(ContractTypes), nameof(ContractTypes.Messages))]
    public void Each_field_of_a_message_has_a_value_in_some_full_golden_file_and_is_absent_from_a_minimal_one_when_optional(Type message)
    {
        var full = Instances(message, ".full").ToList();
        var minimal = Instances(message, ".minimal").ToList();

        full.Should().NotBeEmpty();
        minimal.Should().ContainSingle();
        foreach (var field in message.GetProperties())
        {
            full.Should().Contain(instance => IsSet(field, instance), "{0} is a field", field.Name);
            if (!ContractTypes.IsRequired(field)) IsSet(field, minimal[0]).Should().BeFalse("{0} is optional", field.Name);
        }
    }

    private static IEnumerable<object> Instances(Type type, string infix) => GoldenMessages.All
        .Where(pair => pair.Value.GetType() == type && pair.Key.StartsWith(type.Name + infix, StringComparison.Ordinal))
        .Select(pair => pair.Value);

    private static bool IsSet(PropertyInfo field, object instance) => field.GetValue(instance) is not (null or false);

    private static string Write(object message) => JsonSerializer.Serialize(message, message.GetType(), SignalingJson.Options);
}
