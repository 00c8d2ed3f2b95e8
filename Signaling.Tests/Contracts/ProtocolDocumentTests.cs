using System.Globalization;
using System.Reflection;
using Signaling.Contracts;

namespace Signaling.Tests.Contracts;

[TestFixture]
internal sealed class ProtocolDocumentTests
{
    private readonly ProtocolDocument _document = new();

    private static IEnumerable<ErrorCode> Codes => Enum.GetValues<ErrorCode>().Where(code => code is not ErrorCode.Unknown);

    [Test]
    public void Each_error_code_has_a_row_with_its_action_and_there_are_no_others()
    {
        var actions = Enum.GetValues<ErrorAction>().Where(action => action is not ErrorAction.Unknown).Select(ContractTypes.WireName).ToList();
        var rows = _document.Rows("Errors");

        rows.Keys.Should().BeEquivalentTo(actions.Concat(Codes.Select(ContractTypes.WireName)));
        foreach (var code in Codes)
        {
            rows[ContractTypes.WireName(code)][0].Should().Be($"`{ContractTypes.WireName(SignalingError.ActionOf(code))}`");
        }
    }

    [Test]
    public void Each_error_code_can_be_linked_to() =>
        Codes.Select(code => $"<a id=\"{ContractTypes.WireName(code)}\"></a>").Should().OnlyContain(anchor => _document.Section("Errors").Contains(anchor));

    [Test]
    public void Each_hub_method_has_a_row_and_there_are_no_others() =>
        _document.Rows("Methods").Keys.Should().BeEquivalentTo(ContractTypes.HubMethods.Select(method => method.Name));

    [Test]
    public void Each_client_message_has_a_row_and_there_are_no_others() =>
        _document.Rows("Messages").Keys.Should().BeEquivalentTo(ContractTypes.ClientMethods.Select(method => method.Name));

    [Test]
    public void Each_method_that_names_an_error_names_one_that_exists() =>
        _document.Rows("Methods").Values.SelectMany(cells => cells[^1].Split(' '))
            .Where(name => name is not "–")
            .Should().BeSubsetOf(Codes.Select(code => $"`{ContractTypes.WireName(code)}`"));

    [TestCaseSource(typeof(ContractTypes), nameof(ContractTypes.Records))]
    public void The_fields_of_each_record_are_spelled_out(Type record)
    {
        if (record == typeof(Signal))
        {
            _document.Rows("Types").Keys.Should().BeEquivalentTo(record.GetProperties().Select(ContractTypes.WireName));
            return;
        }

        var fields = record.GetProperties().Select(field => ContractTypes.WireName(field) + (ContractTypes.IsRequired(field) ? "" : "?"));
        _document.WithoutValueTypes().Should().Contain($"{{ {string.Join(", ", fields)} }}");
    }

    [Test]
    public void Each_value_of_an_enum_that_travels_is_named()
    {
        foreach (var type in Enum.GetValues<SdpType>().Where(type => type is not SdpType.Unknown))
        {
            _document.Section("Types").Should().Contain($"\"{ContractTypes.WireName(type)}\"");
        }

        foreach (var reason in Enum.GetValues<LeaveReason>().Where(reason => reason is not LeaveReason.Unknown))
        {
            _document.Rows("Messages")[nameof(ISignalingClient.PeerLeft)][0].Should().Contain($"`{ContractTypes.WireName(reason)}`");
        }
    }

    [Test]
    public void Each_parameter_of_the_connection_URL_has_a_row_and_there_are_no_others() =>
        _document.Rows("Connect").Keys.Should().BeEquivalentTo(Constants<string>(typeof(ConnectQuery)).Values);

    [Test]
    public void Each_limit_stands_in_the_table_of_limits()
    {
        var limits = _document.Section("Limits");
        var sentences = new Dictionary<string, string>
        {
            [nameof(SignalingLimits.MaxMessageBytes)] = "| hub message | {0} bytes of JSON",
            [nameof(SignalingLimits.MaxIdLength)] = "`[A-Za-z0-9_-]{{1,{0}}}`",
            [nameof(SignalingLimits.MaxNameLength)] = "| display name | {0} UTF-16 code units",
            [nameof(SignalingLimits.MaxAttributes)] = "| attributes | {0} a peer",
            [nameof(SignalingLimits.MaxAttributeValueLength)] = "values of {0} UTF-16 code units",
            [nameof(SignalingLimits.MaxCandidates)] = "| candidates | {0} a signal",
            [nameof(SignalingLimits.MaxCandidateLength)] = "; {0} characters each",
            [nameof(SignalingLimits.MaxRoomsPerConnection)] = "| rooms a connection is in | {0} |",
            [nameof(SignalingLimits.MaxCountPerPing)] = "| each count of a `Ping` | {0};",
        };

        var values = Constants<int>(typeof(SignalingLimits));

        sentences.Keys.Should().BeEquivalentTo(values.Keys);
        foreach (var (name, value) in values)
        {
            var number = value.ToString("N0", CultureInfo.InvariantCulture);
            limits.Should().Contain(string.Format(CultureInfo.InvariantCulture, sentences[name], number));
        }
    }

    [Test]
    public void The_document_describes_the_version_that_this_build_speaks() =>
        _document.Title.Should().Be($"# The signaling protocol, version {ProtocolVersion.Current}");

    private static Dictionary<string, T> Constants<T>(Type type) => type
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(field => field.Name, field => (T)field.GetValue(null)!);
}
