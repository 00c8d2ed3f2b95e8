using System.Text.RegularExpressions;
using Signaling.Hub.Configuration;

namespace Signaling.Tests.Hub.Configuration;

/// <summary>The table of options in <c>docs/running.md</c> against the options themselves.</summary>
internal sealed partial class OptionTableTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "running.md")).ReplaceLineEndings("\n");

    [Test]
    public void Each_option_has_a_row_with_its_default_and_range_and_there_are_no_others()
    {
        var rows = Row().Matches(Document).Select(row => (row.Groups["key"].Value, row.Groups["default"].Value, row.Groups["range"].Value));

        rows.Should().BeEquivalentTo(OptionCatalog.All().Select(option => (option.Key, Code(option.Default), option.Range)));
    }

    [Test]
    public void Each_option_is_documented_in_the_code() => OptionCatalog.All().Should().OnlyContain(option => option.Doc.Length > 0);

    private static string Code(string value) => value.Length is 0 ? "" : $"`{value}`";

    [GeneratedRegex(@"^\| `(?<key>[A-Z][A-Za-z:]*)` \| (?<default>\S*) ?\| (?<range>[^|]*?) ?\| [^|]+ \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
