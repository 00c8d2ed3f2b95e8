#:project ../../Signaling.Contracts/Signaling.Contracts.csproj
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property GenerateDocumentationFile=false
#:property EnforceCodeStyleInBuild=false

// Writes the TypeScript form of Signaling.Contracts: terms.ts (limits, codes and other enumerations) and messages.ts.
//   dotnet run generate-contracts.cs -- src/contracts

using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Signaling.Contracts;

var contracts = typeof(ISignalingHub).Assembly;
var exported = contracts.GetExportedTypes().OrderBy(type => type.Name, StringComparer.Ordinal).ToArray();
var enums = exported.Where(type => type.IsEnum).ToArray();
var docs = new XmlDocs(Path.ChangeExtension(contracts.Location, ".xml"));

var terms = new TypeScript(docs);
terms.Constants(typeof(ProtocolVersion), "protocolVersions");
terms.Constants(typeof(SignalingLimits), "signalingLimits");
terms.Constants(typeof(ConnectQuery), "connectQuery");
foreach (var type in enums) terms.Enum(type);
terms.ActionsOfCodes();

var messages = new TypeScript(docs);
messages.Import(enums.Where(type => exported.Where(IsMessage).Any(message => message.GetProperties().Any(property => IsOf(property, type)))), "./terms.js");
foreach (var type in exported.Where(IsMessage)) messages.Message(type);
messages.Methods(typeof(ISignalingHub));
messages.Methods(typeof(ISignalingClient));

if (args is not [var folder]) throw new ArgumentException("One argument: the folder to write to.");
File.WriteAllText(Path.Combine(folder, "terms.ts"), terms.ToString());
File.WriteAllText(Path.Combine(folder, "messages.ts"), messages.ToString());

static bool IsOf(PropertyInfo property, Type type) => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == type;

static bool IsMessage(Type type) =>
    type is { IsClass: true, IsAbstract: false } && type != typeof(SignalingError)
    && SignalingJson.Options.TypeInfoResolver!.GetTypeInfo(type, SignalingJson.Options) is not null;

/// <summary>The text of the file, appended declaration by declaration.</summary>
internal sealed class TypeScript(XmlDocs docs)
{
    private readonly StringBuilder text = new(
        "// Generated from Signaling.Contracts by `npm run generate`; do not edit.\n");

    public override string ToString() => text.ToString();

    public void Import(IEnumerable<Type> types, string from) =>
        text.Append($"\nimport type {{ {string.Join(", ", types.Select(type => type.Name))} }} from '{from}';\n");

    public void Constants(Type type, string name)
    {
        Doc(docs.Of(type), indent: "");
        text.Append($"export const {name} = {{\n");
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral))
        {
            Doc(docs.Of(field), indent: "  ");
            text.Append($"  {Camel(field.Name)}: {Literal(field.GetRawConstantValue()!)},\n");
        }

        text.Append("} as const;\n");
    }

    public void Enum(Type type)
    {
        var list = $"{Camel(type.Name)}s";
        text.Append($"\n/** The values of {{@link {type.Name}}} that this build knows. */\nexport const {list} = [\n");
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            Doc(docs.Of(field), indent: "  ");
            text.Append($"  '{Kebab(field.Name)}',\n");
        }

        text.Append("] as const;\n");
        Doc(docs.Of(type), indent: "");
        text.Append($"export type {type.Name} = (typeof {list})[number];\n");
    }

    public void ActionsOfCodes()
    {
        text.Append("\n/** The action that each code stands for. */\n");
        text.Append($"export const actionOf: Readonly<Record<{nameof(ErrorCode)}, {nameof(ErrorAction)}>> = {{\n");
        foreach (var code in System.Enum.GetValues<ErrorCode>())
            text.Append($"  '{Kebab(code.ToString())}': '{Kebab(SignalingError.ActionOf(code).ToString())}',\n");
        text.Append("};\n");
    }

    public void Message(Type type)
    {
        Doc(docs.Of(type), indent: "");
        text.Append($"export interface {type.Name} {{\n");
        foreach (var json in SignalingJson.Options.GetTypeInfo(type).Properties)
        {
            var property = (PropertyInfo)json.AttributeProvider!;
            Doc(docs.Of(property), indent: "  ");
            var form = TypeName(new NullabilityInfoContext().Create(property), optional: !json.IsRequired);
            text.Append($"  {json.Name}{(json.IsRequired ? "" : "?")}: {form};\n");
        }

        text.Append("}\n");
    }

    public void Methods(Type type)
    {
        Doc(docs.Of(type), indent: "");
        text.Append($"export interface {type.Name} {{\n");
        foreach (var method in type.GetMethods())
        {
            Doc(docs.Of(method), indent: "  ");
            var parameter = method.GetParameters().Single();
            var result = method.ReturnType.IsGenericType ? method.ReturnType.GenericTypeArguments[0].Name : "void";
            text.Append($"  {method.Name}({parameter.Name}: {parameter.ParameterType.Name}): Promise<{result}>;\n");
        }

        text.Append("}\n");
    }

    private static string TypeName(NullabilityInfo info, bool optional = false)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        var arguments = info.GenericTypeArguments;
        var name = type switch
        {
            _ when type == typeof(string) => "string",
            _ when type == typeof(bool) => "boolean",
            _ when type == typeof(int) || type == typeof(long) || type == typeof(double) => "number",
            _ when type == typeof(JsonElement) => "unknown",
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => $"{TypeName(arguments[0])}[]",
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) => $"Record<string, {TypeName(arguments[1])}>",
            _ when type.Assembly == typeof(ISignalingHub).Assembly => type.Name,
            _ => throw new NotSupportedException($"No TypeScript form is known for {type}."),
        };

        // A field without a value is absent, never null; null is a value only inside a dictionary.
        return info.ReadState is NullabilityState.Nullable && !optional ? $"{name} | null" : name;
    }

    private void Doc(string? summary, string indent)
    {
        if (indent.Length == 0) text.Append('\n');
        if (summary is null) return;
        const int width = 128;
        if (summary.Length <= width)
        {
            text.Append($"{indent}/** {summary} */\n");
            return;
        }

        text.Append($"{indent}/**\n");
        for (var rest = summary; rest.Length > 0;)
        {
            var end = rest.Length <= width ? rest.Length : rest.LastIndexOf(' ', width);
            text.Append($"{indent} * {rest[..end]}\n");
            rest = rest[end..].TrimStart();
        }

        text.Append($"{indent} */\n");
    }

    private static string Literal(object value) => value is string text ? $"'{text}'" : FormattableString.Invariant($"{value}");

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}

/// <summary>The compiler's documentation file, as one-line Markdown by member.</summary>
internal sealed partial class XmlDocs(string path)
{
    private readonly Dictionary<string, XElement> members = XDocument.Load(path).Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value);

    public string? Of(Type type) => Find($"T:{type.FullName}");

    public string? Of(MemberInfo member)
    {
        var kind = member switch { FieldInfo => 'F', PropertyInfo => 'P', _ => 'M' };
        var parameters = member is MethodInfo method ? $"({method.GetParameters().Single().ParameterType.FullName})" : "";
        return Find($"{kind}:{member.DeclaringType!.FullName}.{member.Name}{parameters}");
    }

    private string? Find(string id)
    {
        if (!members.TryGetValue(id, out var member)) return null;
        var text = string.Join(' ', member.Elements().Where(part => part.Name.LocalName is "summary" or "remarks").Select(Markdown));
        return Spaces().Replace(text, " ").Trim();
    }

    private static string Markdown(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "paramref" } name => $"`{name.Attribute("name")!.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{WireName(see.Attribute("cref")!.Value)}`",
        XElement other => Markdown(other),
        _ => "",
    }));

    /// <summary>What a member is called in TypeScript: <c>P:Signaling.Contracts.Signal.Ack</c> is <c>Signal.ack</c>.</summary>
    private static string WireName(string cref)
    {
        var parts = cref[2..].Split('(')[0].Split('.')[2..];
        return cref[0] switch
        {
            'P' => $"{parts[0]}.{JsonNamingPolicy.CamelCase.ConvertName(parts[1])}",
            'F' => JsonNamingPolicy.KebabCaseLower.ConvertName(parts[1]),
            _ => string.Join('.', parts),
        };
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
