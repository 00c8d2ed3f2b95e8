using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Signaling.Hub.Configuration;

/// <summary>Every option of <see cref="SignalingOptions"/>, read from the classes themselves.</summary>
internal static class OptionCatalog
{
    // Lists are not nested more deeply.
    private static readonly string[] Places = ["N", "M"];

    private static readonly Dictionary<Type, string> Names = new() { [typeof(string)] = "text", [typeof(int)] = "number", [typeof(double)] = "number", [typeof(bool)] = "true or false", [typeof(TimeSpan)] = "time" };

    public static IEnumerable<OptionEntry> All() => Of(new SignalingOptions(), "", 0);

    private static IEnumerable<OptionEntry> Of(object options, string prefix, int depth) =>
        options.GetType().GetProperties().SelectMany(property => Of(property, options, prefix + property.Name, depth));

    private static IEnumerable<OptionEntry> Of(PropertyInfo property, object options, string key, int depth)
    {
        var (type, value) = (property.PropertyType, property.GetValue(options));
        if (Names.ContainsKey(type)) return [Entry(property, key, type, value)];
        if (!type.IsGenericType) return Of(value!, $"{key}:", depth);
        var (item, place) = (type.GetGenericArguments()[0], $"{key}:{Places[depth]}");
        return Names.ContainsKey(item) ? [Entry(property, place, item, null)] : Of(Activator.CreateInstance(item)!, $"{place}:", depth + 1);
    }

    private static OptionEntry Entry(PropertyInfo property, string key, Type type, object? value) =>
        new(key, Names[type], Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", RangeOf(property), OptionDocs.Of(property));

    private static string RangeOf(PropertyInfo property) =>
        property.GetCustomAttribute<RangeAttribute>() is { } range ? string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}")
        : property.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed ? string.Join(" or ", allowed.Values)
        : property.GetCustomAttribute<RegularExpressionAttribute>() is { } pattern ? pattern.Pattern
        : "";
}
