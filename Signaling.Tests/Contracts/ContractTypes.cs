using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Signaling.Contracts;

namespace Signaling.Tests.Contracts;

/// <summary>What the contract interfaces say, found by reflection so that nothing new escapes the tests.</summary>
internal static class ContractTypes
{
    public static IEnumerable<MethodInfo> HubMethods => typeof(ISignalingHub).GetMethods();

    public static IEnumerable<MethodInfo> ClientMethods => typeof(ISignalingClient).GetMethods();

    /// <summary>Every type that is an argument or a result of a method.</summary>
    public static IEnumerable<Type> Messages => HubMethods.Concat(ClientMethods)
        .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(ResultOf(method)))
        .OfType<Type>()
        .Distinct();

    /// <summary>Every record of the contract that travels.</summary>
    public static IEnumerable<Type> Records => typeof(ISignalingHub).Assembly.GetExportedTypes()
        .Where(type => type.GetMethod("<Clone>$") is not null && type != typeof(SignalingError));

    public static Type? ResultOf(MethodInfo method) =>
        method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : null;

    public static bool IsRequired(PropertyInfo field) => field.IsDefined(typeof(RequiredMemberAttribute));

    public static string WireName(PropertyInfo field) =>
        field.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(field.Name);

    public static string WireName<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
